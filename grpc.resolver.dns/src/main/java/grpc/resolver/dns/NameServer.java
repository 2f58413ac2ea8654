package grpc.resolver.dns;

import grpc.spi.failure.Reason;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * One DNS server, and the classification of its answers.
 *
 * @param address resolved
 */
record NameServer(InetSocketAddress address) {
  /** The outcome of a question to one server. */
  sealed interface Reply {
    /** It gave an answer: records, or that there are none. */
    record Final(Message message) implements Reply {}

    /** It has no answer; asked again it would reply the same. */
    record Useless(String why) implements Reply {}

    /** It did not reply; a packet may be lost. */
    record Silence() implements Reply {}
  }

  /**
   * Asks over UDP, and over TCP if the answer is too long. If the server does not understand EDNS,
   * asks once more without it (RFC 6891 §6.2.2, §7). Blocks.
   *
   * @param edns whether to ask with EDNS first, for long answers over UDP
   * @param timeout the limit of each try
   * @param executor reads the answer
   */
  Reply ask(Message query, boolean edns, Duration timeout, Executor executor)
      throws InterruptedException {
    Reply reply;
    boolean again;
    try {
      var answer = send(query, edns, timeout, executor);
      again = mayNotKnowEdns(answer);
      reply = judge(answer, query);
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      again = isUnreadable(cause);
      reply = judge(cause);
    }
    return edns && again ? ask(query, false, timeout, executor) : reply;
  }

  private Message send(Message query, boolean edns, Duration timeout, Executor executor)
      throws ExecutionException, InterruptedException {
    var resolver = new SimpleResolver(address);
    resolver.setTimeout(timeout);
    if (!edns) {
      resolver.setEDNS(-1);
    }
    return resolver.sendAsync(query, executor).toCompletableFuture().get();
  }

  /** Servers that know EDNS put an OPT record into their answer (RFC 6891 §6.1.1). */
  private static boolean mayNotKnowEdns(Message answer) {
    return switch (answer.getRcode()) {
      case Rcode.FORMERR, Rcode.NOTIMP, Rcode.BADVERS -> true;
      case Rcode.REFUSED, Rcode.SERVFAIL -> answer.getOPT() == null;
      default -> false;
    };
  }

  private static Reply judge(Message answer, Message query) {
    int rcode = answer.getRcode();
    if (rcode == Rcode.NXDOMAIN) {
      return new Reply.Final(answer);
    }
    if (rcode != Rcode.NOERROR) {
      return new Reply.Useless("answered " + Rcode.string(rcode));
    }
    return isReferral(answer)
        ? new Reply.Useless("knows neither the name nor how to ask others (a lame server)")
        : readable(answer, query);
  }

  /**
   * glibc and Go also treat this as the answer of a server that is not meant for such questions.
   */
  private static boolean isReferral(Message answer) {
    var header = answer.getHeader();
    return !header.getFlag(Flags.AA)
        && !header.getFlag(Flags.RA)
        && answer.getSection(Section.ANSWER).isEmpty()
        && answer.getSection(Section.AUTHORITY).stream().noneMatch(r -> r.getType() == Type.SOA);
  }

  /** RFC 1034 §4.3.2: the answer must follow from the question. */
  private static Reply readable(Message answer, Message query) {
    try {
      var normal = answer.normalize(query);
      if (normal != null) {
        return new Reply.Final(answer);
      }
    } catch (RuntimeException e) {
      // reported below
    }
    return new Reply.Useless("answered another question");
  }

  private static boolean isUnreadable(Throwable cause) {
    return cause instanceof WireParseException || cause instanceof RuntimeException;
  }

  private static Reply judge(Throwable cause) {
    return switch (cause) {
      case SocketTimeoutException e -> new Reply.Silence();
      case TimeoutException e -> new Reply.Silence();
      case PortUnreachableException e -> new Reply.Useless("runs no DNS server");
      case Throwable e when isUnreadable(e) ->
          new Reply.Useless("gave an answer that cannot be read (" + Reason.of(e) + ")");
      default -> new Reply.Useless("cannot be reached (" + Reason.of(cause) + ")");
    };
  }

  /** {@code 192.0.2.53:53} or {@code [2001:db8::53]:53}. */
  @Override
  public String toString() {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}

package grpc.resolver.dns;

import grpc.spi.failure.Reason;
import grpc.spi.resolver.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.lookup.LookupSession;

/**
 * Asks the hosts file, then DNS servers, with the search domains of the system. All that an answer
 * tells is of one name.
 *
 * <p>A host that the hosts file has, in either family, is not looked for elsewhere (as in glibc and
 * Go, which look there for the name as it is written, in no domain). Otherwise one candidate after
 * another is asked for both families, and the first with an address is the host. Only where servers
 * say that a candidate does not exist, or has no address, does the next have its turn: where all
 * servers fail or are silent the search ends, lest an outage send calls to a host of another
 * domain. That is Go's rule with {@code StrictErrors}; glibc ends at silence, but goes on after
 * SERVFAIL. TXT records are asked for below the name that was found, in no other domain.
 *
 * <p>Nothing waits long for what may never come: the addresses of one family are told when those of
 * the other are late, and addresses when the service config is. What is late is told when it comes.
 *
 * @param server whom to ask; the system's servers where empty
 * @param options what to ask and how long to wait
 * @param hosts asked first, whoever the server is
 * @param system the servers and the search domains
 */
record DnsjavaLookup(
    Optional<HostPort> server, DnsOptions options, HostsFile hosts, SystemConfig system)
    implements Lookup {
  /** A packet lost must not cost the whole time: each try waits this long at most. */
  private static final Duration MOST_PER_TRY = Duration.ofSeconds(5);

  /** What is known of the addresses does not wait longer than this for the service config. */
  private static final Duration MOST_FOR_TEXTS = Duration.ofSeconds(1);

  /** Questions end by themselves, but not to the millisecond; what each server did is worth it. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /**
   * Questions block, each in a thread of its own, which inherits nothing of who asks first. A
   * virtual one would need a carrier, and calls in static initializers may pin them all.
   */
  private static final Executor THREADS =
      task ->
          Thread.ofPlatform()
              .daemon()
              .name("grpc-dns-question")
              .inheritInheritableThreadLocals(false)
              .start(task);

  DnsjavaLookup(Optional<HostPort> server, DnsOptions options) {
    this(server, options, HostsFile.system(), SystemConfig.SHARED);
  }

  @Override
  public void ask(String host, Consumer<Answer> found) throws IOException, InterruptedException {
    long serversEnd = System.nanoTime() + options.timeout().toNanos();
    long end = serversEnd + SLACK.toNanos();
    var name = name(host);
    var whole = Name.concatenate(name, Name.root);
    var local = hosts.addresses(host);
    if (isLocalhost(host)) { // RFC 6761 §6.3: no server is asked
      var loopback = local.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : local;
      found.accept(new Answer(loopback, options.timeout(), Optional.of(List.of())));
      return;
    }
    var config = system.current();
    var session =
        LookupSession.builder().resolver(servers(config, serversEnd)).executor(THREADS).build();
    if (!local.isEmpty()) {
      var texts = texts(session, whole);
      tell(List.of(), texts, end, () -> new Answer(local, Duration.ZERO, texts.known()), found);
    } else {
      var addresses = found(session, config.search().candidates(name), end);
      var texts = texts(session, addresses.name());
      tell(addresses.open(), texts, end, () -> addresses.answer(texts.known()), found);
    }
  }

  private static void tell(
      List<Question> addresses,
      Texts texts,
      long end,
      Supplier<Answer> answer,
      Consumer<Answer> found)
      throws InterruptedException {
    var open = new ArrayList<>(addresses);
    if (texts.question().isPresent()) {
      var question = texts.question().get();
      long soon = System.nanoTime() + MOST_FOR_TEXTS.toNanos();
      question.await(soon - end < 0 ? soon : end);
      open.add(question);
    }
    boolean news = true;
    while (news) {
      open.removeIf(Question::isOver); // before the answer is made, so that none is missed
      found.accept(answer.get());
      news = !open.isEmpty() && Question.awaitAny(open, end);
    }
  }

  private static AddressQuestions found(LookupSession session, List<Name> candidates, long end)
      throws IOException, InterruptedException {
    var failures = new ArrayList<String>();
    for (Name name : candidates) {
      var questions = new AddressQuestions(session, name);
      questions.await(end);
      if (questions.haveAddresses()) {
        return questions;
      }
      failures.add(name + " has no address: " + questions.failure());
      if (!questions.areAnswered()) {
        break;
      }
    }
    throw new IOException(String.join("; ", failures));
  }

  private Resolver servers(SystemConfig.Settings config, long end) throws IOException {
    var servers = server.isPresent() ? all(server.get()) : config.servers();
    var half = options.timeout().dividedBy(2);
    return new ServersInTurn(
        servers.stream().map(NameServer::new).toList(),
        half.compareTo(MOST_PER_TRY) < 0 ? half : MOST_PER_TRY,
        end);
  }

  /** A server that is named by a name may have several addresses. */
  private static List<InetSocketAddress> all(HostPort server) throws IOException {
    try {
      return Arrays.stream(InetAddress.getAllByName(server.host()))
          .map(address -> new InetSocketAddress(address, server.port()))
          .toList();
    } catch (UnknownHostException e) {
      throw new IOException("DNS server " + server.host() + " cannot be found", e);
    }
  }

  private static Name name(String host) throws IOException {
    try {
      return Name.fromString(host);
    } catch (TextParseException e) {
      throw new IOException("host name \"" + host + "\": " + Reason.of(e), e);
    }
  }

  private Texts texts(LookupSession session, Name host) {
    return options.serviceConfig() ? Texts.of(session, host) : Texts.NONE;
  }

  private static boolean isLocalhost(String host) {
    var name = HostsFile.withoutDot(host).toLowerCase(Locale.ROOT);
    return ("." + name).endsWith(".localhost");
  }
}

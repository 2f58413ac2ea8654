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
 * Asks the hosts file, then DNS servers, with the search domains of the system. All parts of an
 * answer belong to one name.
 *
 * <p>If the hosts file has the host, in either family, DNS is not asked. Like glibc and Go, it
 * looks there for the name as written, without search domains. Otherwise it asks for one candidate
 * after another, for both families, and the first with an address is the host. It goes on to the
 * next candidate only if servers say that this one does not exist or has no address. If all servers
 * fail or are silent the search ends: otherwise an outage could send calls to a host of another
 * domain. That is Go's rule with {@code StrictErrors}; glibc ends at silence, but goes on after
 * SERVFAIL. TXT records are looked up only below the name that was found.
 *
 * <p>No part of the answer waits long for another: addresses of one family are reported without
 * those of a late one, and addresses without a late service config. Late parts are reported when
 * they come.
 *
 * @param server the server to ask; if empty, the system's servers
 * @param options the records to ask for and the time to wait
 * @param hosts asked first, with any server
 * @param system the servers and the search domains
 */
record DnsjavaLookup(
    Optional<HostPort> server, DnsOptions options, HostsFile hosts, SystemConfig system)
    implements Lookup {
  /** The limit for each try: a lost packet must not cost the whole time. */
  private static final Duration MOST_PER_TRY = Duration.ofSeconds(5);

  /** The longest time that addresses wait for the service config. */
  private static final Duration MOST_FOR_TEXTS = Duration.ofSeconds(1);

  /**
   * Extra time, because questions do not end to the millisecond: their end has the answers of all
   * servers.
   */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /**
   * Questions block, each in a thread of its own, which inherits no context from the thread that
   * asks first. They are platform threads: a virtual one needs a carrier, and calls in static
   * initializers may pin all carriers.
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
      report(List.of(), texts, end, () -> new Answer(local, Duration.ZERO, texts.known()), found);
    } else {
      var addresses = found(session, config.search().candidates(name), end);
      var texts = texts(session, addresses.name());
      report(addresses.open(), texts, end, () -> addresses.answer(texts.known()), found);
    }
  }

  private static void report(
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
      open.removeIf(Question::isOver); // before the answer is made, so that no change is missed
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

  /** A server given by name may have several addresses. */
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

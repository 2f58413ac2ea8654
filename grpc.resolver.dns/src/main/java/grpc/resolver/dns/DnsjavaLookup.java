package grpc.resolver.dns;

import grpc.spi.resolver.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/**
 * Asks the hosts file, then DNS servers, with the search domains of the system. All that an answer
 * tells is of one name.
 *
 * <p>A host that the hosts file has, in either family, is not looked for elsewhere (as in glibc and
 * Go, which look there for the name as it is written, in no domain). Otherwise one candidate after
 * another is asked for both families, and the first with an address is the host. Only where servers
 * say that a candidate does not exist, or has no address, does the next have its turn: a server
 * that fails or is silent ends the search, lest an outage send calls to a host of another domain.
 * That is Go's rule with {@code StrictErrors}; glibc ends at silence, but goes on after SERVFAIL.
 * TXT records are asked for below the name that was found, in no other domain.
 *
 * @param server whom to ask; the system's servers where empty
 * @param options what to ask and how long to wait
 * @param hosts asked first, whoever the server is
 * @param system the servers and the search domains
 */
record DnsjavaLookup(
    Optional<HostPort> server, DnsOptions options, HostsFile hosts, SystemConfig system)
    implements Lookup {
  private static final String CONFIG_LABEL = "_grpc_config";

  /** A packet lost must not cost the whole time: each try waits this long at most. */
  private static final Duration MOST_PER_TRY = Duration.ofSeconds(5);

  /** What is known of the addresses does not wait longer than this for the service config. */
  private static final Duration MOST_FOR_TEXTS = Duration.ofSeconds(5);

  DnsjavaLookup(Optional<HostPort> server, DnsOptions options) {
    this(server, options, HostsFile.system(), SystemConfig.SHARED);
  }

  @Override
  public Answer ask(String host) throws IOException, InterruptedException {
    long end = System.nanoTime() + options.timeout().toNanos();
    var name = name(host);
    var whole = Name.concatenate(name, Name.root);
    var local = hosts.addresses(host);
    if (isLocalhost(host)) { // RFC 6761 §6.3: no server is asked
      var loopback = local.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : local;
      return new Answer(loopback, options.timeout(), Optional.of(List.of()));
    }
    var config = system.current();
    var session = LookupSession.builder().resolver(resolver(config)).build();
    if (!local.isEmpty()) {
      return new Answer(local, Duration.ZERO, texts(session, whole, end));
    }
    var found = found(session, config.search().candidates(name), end);
    return new Answer(found.addresses(), found.ttl(), texts(session, found.name(), end));
  }

  private static AddressQuestions found(LookupSession session, List<Name> candidates, long end)
      throws IOException, InterruptedException {
    var failures = new ArrayList<String>();
    for (Name name : candidates) {
      var questions = new AddressQuestions(session, name);
      questions.await(end);
      if (!questions.addresses().isEmpty()) {
        return questions;
      }
      failures.add(name + " has no address: " + questions.failure());
      if (!questions.areAnswered()) {
        break;
      }
    }
    throw new IOException(String.join("; ", failures));
  }

  private Resolver resolver(SystemConfig.Settings config) throws IOException {
    var servers = config.servers();
    if (server.isPresent()) {
      var where = new InetSocketAddress(server.get().host(), server.get().port());
      if (where.isUnresolved()) {
        throw new IOException("DNS server " + server.get().host() + " cannot be found");
      }
      servers = List.of(where);
    }
    var perTry = options.timeout().dividedBy(2);
    var each = new ArrayList<Resolver>();
    for (InetSocketAddress address : servers) {
      var one = new SimpleResolver(address);
      one.setTimeout(perTry.compareTo(MOST_PER_TRY) < 0 ? perTry : MOST_PER_TRY);
      each.add(one);
    }
    var resolver = new ExtendedResolver(each);
    resolver.setTimeout(options.timeout());
    return resolver;
  }

  private static Name name(String host) throws IOException {
    try {
      return Name.fromString(host);
    } catch (TextParseException e) {
      throw new IOException("host name \"" + host + "\": " + e.getMessage(), e);
    }
  }

  private Optional<List<String>> texts(LookupSession session, Name host, long end)
      throws InterruptedException {
    if (!options.serviceConfig()) {
      return Optional.of(List.of());
    }
    Question question;
    try {
      var name = Name.concatenate(Name.fromConstantString(CONFIG_LABEL), host);
      question = new Question(session, name, Type.TXT);
    } catch (NameTooLongException e) {
      return Optional.of(List.of()); // such a host has no config to wait for
    }
    long textEnd = Math.min(end, System.nanoTime() + MOST_FOR_TEXTS.toNanos());
    var texts =
        question.records(textEnd).stream()
            .filter(TXTRecord.class::isInstance)
            .map(record -> Question.text((TXTRecord) record))
            .toList();
    return question.isAnswered() ? Optional.of(texts) : Optional.empty();
  }

  private static boolean isLocalhost(String host) {
    var name = HostsFile.withoutDot(host).toLowerCase(Locale.ROOT);
    return ("." + name).endsWith(".localhost");
  }
}

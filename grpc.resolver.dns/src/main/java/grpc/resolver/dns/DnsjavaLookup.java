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
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/**
 * Asks the hosts file, then DNS servers, with the search domains of the system.
 *
 * @param server whom to ask; the system's servers where empty
 * @param options what to ask and how long to wait
 */
record DnsjavaLookup(Optional<HostPort> server, DnsOptions options) implements Lookup {
  private static final String CONFIG_LABEL = "_grpc_config.";

  /** A packet lost must not cost the whole time: each try waits this long at most. */
  private static final Duration MOST_PER_TRY = Duration.ofSeconds(5);

  /** What is known of the addresses does not wait longer than this for the service config. */
  private static final Duration MOST_FOR_TEXTS = Duration.ofSeconds(5);

  @Override
  public Answer ask(String host) throws IOException, InterruptedException {
    var session =
        LookupSession.defaultBuilder()
            .resolver(resolver())
            .searchPath(ResolverConfig.getCurrentConfig().searchPath())
            .clearCaches() // how fresh an answer must be is the channel's affair
            .build();
    long end = System.nanoTime() + options.timeout().toNanos();
    var v4 = new Question(session, name(host), Type.A);
    var v6 = new Question(session, name(host), Type.AAAA);
    var texts = texts(session, host);
    var records = new ArrayList<Record>(v4.records(end));
    records.addAll(v6.records(end));
    if (!records.isEmpty()) {
      long textEnd = Math.min(end, System.nanoTime() + MOST_FOR_TEXTS.toNanos());
      return new Answer(addresses(records), ttl(records), texts(texts, textEnd));
    }
    if (isLocalhost(host)) {
      var loopback = List.of(InetAddress.getLoopbackAddress()); // RFC 6761 §6.3
      return new Answer(loopback, options.timeout(), Optional.of(List.of()));
    }
    throw new IOException(host + " has no address: " + v4.failure() + ", " + v6.failure());
  }

  private Resolver resolver() throws IOException {
    var resolver = new ExtendedResolver();
    if (server.isPresent()) {
      var where = new InetSocketAddress(server.get().host(), server.get().port());
      if (where.isUnresolved()) {
        throw new IOException("DNS server " + server.get().host() + " cannot be found");
      }
      resolver = new ExtendedResolver(List.of(new SimpleResolver(where)));
    }
    var perTry = options.timeout().dividedBy(2);
    for (Resolver each : resolver.getResolvers()) {
      each.setTimeout(perTry.compareTo(MOST_PER_TRY) < 0 ? perTry : MOST_PER_TRY);
    }
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

  /** Names without a service config have none to wait for: localhost, and those too long for it. */
  private Optional<Question> texts(LookupSession session, String host) {
    if (!options.serviceConfig() || isLocalhost(host)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Question(session, Name.fromString(CONFIG_LABEL + host), Type.TXT));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> texts(Optional<Question> question, long end)
      throws InterruptedException {
    if (question.isEmpty()) {
      return Optional.of(List.of());
    }
    var texts =
        question.get().records(end).stream()
            .filter(TXTRecord.class::isInstance)
            .map(record -> Question.text((TXTRecord) record))
            .toList();
    return question.get().isAnswered() ? Optional.of(texts) : Optional.empty();
  }

  private static List<InetAddress> addresses(List<Record> records) {
    var addresses = new ArrayList<InetAddress>();
    for (Record record : records) {
      switch (record) {
        case ARecord a -> addresses.add(a.getAddress());
        case AAAARecord aaaa -> addresses.add(aaaa.getAddress());
        default -> {} // an alias on the way
      }
    }
    return List.copyOf(addresses);
  }

  private static Duration ttl(List<Record> records) {
    return Duration.ofSeconds(records.stream().mapToLong(Record::getTTL).min().orElse(0));
  }

  private static boolean isLocalhost(String host) {
    return ("." + host.toLowerCase(Locale.ROOT)).endsWith(".localhost");
  }
}

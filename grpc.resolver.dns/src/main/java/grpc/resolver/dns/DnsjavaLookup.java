package grpc.resolver.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;

/**
 * Asks the hosts file, then a DNS server.
 *
 * @param server whom to ask; the system's servers where empty
 */
record DnsjavaLookup(Optional<HostPort> server) implements Lookup {
  private static final long TIMEOUT_SECONDS = 30;

  @Override
  public List<InetAddress> addresses(String host) throws IOException, InterruptedException {
    var name = name(host);
    var session =
        LookupSession.defaultBuilder()
            .resolver(resolver())
            .clearCaches() // how fresh an answer must be is the channel's affair
            .build();
    var v4 = session.lookupAsync(name, Type.A).toCompletableFuture();
    var v6 = session.lookupAsync(name, Type.AAAA).toCompletableFuture();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    var addresses = new ArrayList<InetAddress>();
    var failures = new ArrayList<String>();
    collect("A", v4, end, addresses, failures);
    collect("AAAA", v6, end, addresses, failures);
    if (addresses.isEmpty() && isLocalhost(host)) {
      return List.of(InetAddress.getLoopbackAddress()); // RFC 6761 §6.3
    }
    if (addresses.isEmpty()) {
      throw new IOException(host + " has no address: " + String.join(", ", failures));
    }
    return List.copyOf(addresses);
  }

  private Resolver resolver() throws IOException {
    if (server.isEmpty()) {
      return new ExtendedResolver();
    }
    var where = new InetSocketAddress(server.get().host(), server.get().port());
    if (where.isUnresolved()) {
      throw new IOException("DNS server " + server.get().host() + " cannot be found");
    }
    return new SimpleResolver(where);
  }

  private static Name name(String host) throws IOException {
    try {
      return Name.fromString(host);
    } catch (TextParseException e) {
      throw new IOException("host name \"" + host + "\": " + e.getMessage(), e);
    }
  }

  private static void collect(
      String type,
      CompletableFuture<LookupResult> lookup,
      long end,
      List<InetAddress> addresses,
      List<String> failures)
      throws InterruptedException {
    try {
      var result = lookup.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      for (Record record : result.getRecords()) {
        switch (record) {
          case ARecord a -> addresses.add(a.getAddress());
          case AAAARecord aaaa -> addresses.add(aaaa.getAddress());
          default -> {} // an alias on the way
        }
      }
      if (result.getRecords().isEmpty()) {
        failures.add("no " + type + " record");
      }
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      failures.add(type + ": " + cause.getClass().getSimpleName() + " " + cause.getMessage());
    } catch (TimeoutException e) {
      failures.add(type + ": no answer within " + TIMEOUT_SECONDS + " s");
    }
  }

  private static boolean isLocalhost(String host) {
    return ("." + host.toLowerCase(Locale.ROOT)).endsWith(".localhost");
  }
}

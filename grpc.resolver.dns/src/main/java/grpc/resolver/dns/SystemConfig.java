package grpc.resolver.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.config.InitializationException;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;
import org.xbill.DNS.config.ResolverConfigProvider;

/**
 * The system's DNS servers and search domains, which change while a process runs: with the network
 * that a machine is in, or a VPN. They are read again after 5 s, as Go does. dnsjava's own copy,
 * {@link ResolverConfig#getCurrentConfig}, is the application's and stays as it is.
 */
final class SystemConfig {
  /** One for all channels. */
  static final SystemConfig SHARED = new SystemConfig(System::nanoTime);

  static final Duration FRESH = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(SystemConfig.class);

  /** resolv.conf(5): a name with a dot is asked for as it is at first. */
  private static final int DEFAULT_NDOTS = 1;

  /**
   * What is configured.
   *
   * @param servers whom to ask; this machine where there are none
   * @param search the domains to look in
   */
  record Settings(List<InetSocketAddress> servers, SearchList search) {}

  private record Reading(Settings settings, long nanos) {}

  private final LongSupplier nanoTime;
  private final Supplier<List<ResolverConfigProvider>> sources;
  private Optional<Reading> last = Optional.empty();

  SystemConfig(LongSupplier nanoTime) {
    this(nanoTime, SystemConfig::sources);
  }

  /** Asks these, each time anew, until one has said servers and one search domains. */
  SystemConfig(LongSupplier nanoTime, Supplier<List<ResolverConfigProvider>> sources) {
    this.nanoTime = nanoTime;
    this.sources = sources;
  }

  /**
   * dnsjava's sources, which it makes once. Its reader of resolv.conf never forgets an {@code
   * ndots} that it has met (dnsjava 3.6.3), so each reading gets one of its own.
   */
  static List<ResolverConfigProvider> sources() {
    return ResolverConfig.getConfigProviders().stream()
        .map(source ->
            source.getClass().equals(ResolvConfResolverConfigProvider.class)
                ? new ResolvConfResolverConfigProvider()
                : source)
        .toList();
  }

  /** {@return what is configured, as it was at most 5 s ago; sources are read one at a time} */
  synchronized Settings current() {
    long now = nanoTime.getAsLong();
    var fresh = last.filter(reading -> now - reading.nanos() < FRESH.toNanos());
    if (fresh.isPresent()) {
      return fresh.get().settings();
    }
    var settings = read(sources.get());
    last = Optional.of(new Reading(settings, now));
    return settings;
  }

  private static Settings read(List<ResolverConfigProvider> sources) {
    List<InetSocketAddress> servers = List.of();
    var search = new SearchList(List.of(), DEFAULT_NDOTS);
    for (var source : sources) {
      if (source.isEnabled() && isRead(source)) {
        servers = servers.isEmpty() ? List.copyOf(source.servers()) : servers;
        if (search.domains().isEmpty()) {
          search = new SearchList(List.copyOf(source.searchPaths()), source.ndots());
        }
      }
      if (!servers.isEmpty() && !search.domains().isEmpty()) {
        break;
      }
    }
    var own = new InetSocketAddress(InetAddress.getLoopbackAddress(), SimpleResolver.DEFAULT_PORT);
    return new Settings(servers.isEmpty() ? List.of(own) : servers, search);
  }

  private static boolean isRead(ResolverConfigProvider source) {
    try {
      source.initialize();
      return true;
    } catch (InitializationException e) {
      log.warn("no DNS settings from {}: {}", source, e.getMessage());
      return false;
    }
  }
}

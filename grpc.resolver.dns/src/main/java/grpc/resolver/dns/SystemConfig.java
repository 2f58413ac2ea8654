package grpc.resolver.dns;

import grpc.spi.failure.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
 * The system's DNS servers and search domains, which change while a process runs, for example with
 * the network or a VPN. They are read again after 5 s, as in Go. dnsjava's own copy, {@link
 * ResolverConfig#getCurrentConfig}, belongs to the application and is not changed.
 */
final class SystemConfig {
  private static final Logger log = LoggerFactory.getLogger("grpc.resolver.dns");
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  /** The one instance for all channels. */
  static final SystemConfig SHARED = new SystemConfig(System::nanoTime);

  static final Duration FRESH = Duration.ofSeconds(5);

  /** The default of resolv.conf(5): a name with a dot is tried first as it is. */
  private static final int DEFAULT_NDOTS = 1;

  /**
   * The settings.
   *
   * @param servers the servers to ask; this machine if there are none
   * @param search the search domains
   */
  record Settings(List<InetSocketAddress> servers, SearchList search) {}

  private record Reading(Settings settings, long nanos) {}

  private final LongSupplier nanoTime;
  private final Supplier<List<ResolverConfigProvider>> sources;
  private final OnceEach warnings = new OnceEach(log::warn);
  private Optional<Reading> last = Optional.empty();

  SystemConfig(LongSupplier nanoTime) {
    this(nanoTime, RESOLV_CONF);
  }

  SystemConfig(LongSupplier nanoTime, Path resolvConf) {
    this.nanoTime = nanoTime;
    this.sources = () -> sources(resolvConf);
  }

  /** Asks these sources anew each time, until servers and search domains are found. */
  SystemConfig(LongSupplier nanoTime, Supplier<List<ResolverConfigProvider>> sources) {
    this.nanoTime = nanoTime;
    this.sources = sources;
  }

  /**
   * dnsjava's sources, which it makes once. Its reader of resolv.conf keeps an {@code ndots} from
   * an earlier reading (dnsjava 3.6.3), so each reading gets a new reader.
   */
  private List<ResolverConfigProvider> sources(Path resolvConf) {
    return ResolverConfig.getConfigProviders().stream()
        .map(source ->
            source.getClass().equals(ResolvConfResolverConfigProvider.class)
                ? new ResolvConf(resolvConf, warnings::warn)
                : source)
        .toList();
  }

  /** {@return the settings, at most 5 s old} Sources are read one at a time. */
  synchronized Settings current() {
    long now = nanoTime.getAsLong();
    var fresh = last.filter(reading -> now - reading.nanos() < FRESH.toNanos());
    if (fresh.isPresent()) {
      return fresh.get().settings();
    }
    var settings = read(sources.get());
    warnings.endRound();
    last = Optional.of(new Reading(settings, now));
    return settings;
  }

  private Settings read(List<ResolverConfigProvider> sources) {
    List<InetSocketAddress> servers = List.of();
    var search = new SearchList(List.of(), DEFAULT_NDOTS);
    for (var source : sources) {
      if (source.isEnabled() && isRead(source)) {
        servers = servers.isEmpty() ? servers(source) : servers;
        if (search.domains().isEmpty()) {
          search = new SearchList(List.copyOf(source.searchPaths()), source.ndots());
        }
      }
      if (!servers.isEmpty() && !search.domains().isEmpty()) {
        break;
      }
    }
    // resolv.conf(5): without a server line, this machine's server is asked
    var own = new InetSocketAddress(InetAddress.getLoopbackAddress(), SimpleResolver.DEFAULT_PORT);
    return new Settings(servers.isEmpty() ? List.of(own) : servers, search);
  }

  private boolean isRead(ResolverConfigProvider source) {
    try {
      source.initialize();
      return true;
    } catch (InitializationException | RuntimeException e) {
      warnings.warn("no DNS settings from " + name(source) + ": " + Reason.of(e));
      return false;
    }
  }

  /** A source may give servers by name; names that cannot be found are left out. */
  private List<InetSocketAddress> servers(ResolverConfigProvider source) {
    var usable = new ArrayList<InetSocketAddress>();
    try {
      for (var server : source.servers()) {
        if (server.isUnresolved()) {
          warnings.warn("DNS server " + server + " of " + name(source) + " cannot be found");
        } else {
          usable.add(server);
        }
      }
    } catch (RuntimeException e) { // dnsjava cannot sort unresolved servers
      warnings.warn("no DNS servers from " + name(source) + ": " + Reason.of(e));
    }
    return List.copyOf(usable);
  }

  private static String name(ResolverConfigProvider source) {
    return source.getClass().getSimpleName();
  }
}

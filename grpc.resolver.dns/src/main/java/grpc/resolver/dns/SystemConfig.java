package grpc.resolver.dns;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.xbill.DNS.ResolverConfig;

/**
 * The system's DNS servers and search domains, which change while a process runs: with the network
 * that a machine is in, or a VPN. They are read again after 5 s, as Go does. dnsjava's own copy,
 * {@link ResolverConfig#getCurrentConfig}, is the application's and stays as it is.
 */
final class SystemConfig {
  /** One for all channels. */
  static final SystemConfig SHARED = new SystemConfig(System::nanoTime);

  static final Duration FRESH = Duration.ofSeconds(5);

  private record Reading(ResolverConfig config, long nanos) {}

  private final LongSupplier nanoTime;
  private Optional<Reading> last = Optional.empty();

  SystemConfig(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** {@return what is configured, as it was at most 5 s ago; dnsjava reads it one at a time} */
  synchronized ResolverConfig current() {
    long now = nanoTime.getAsLong();
    var fresh = last.filter(reading -> now - reading.nanos() < FRESH.toNanos());
    if (fresh.isPresent()) {
      return fresh.get().config();
    }
    var config = new ResolverConfig();
    last = Optional.of(new Reading(config, now));
    return config;
  }
}

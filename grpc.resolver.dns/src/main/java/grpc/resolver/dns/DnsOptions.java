package grpc.resolver.dns;

import java.time.Duration;
import java.util.Optional;

/**
 * How the scheme {@code dns} resolves where an application wants it otherwise: {@code
 * GrpcChannel.builder(target, ChannelCredentials.plaintext()).resolver(new
 * DnsResolverProvider(options))} for one channel, {@code GrpcRuntime.builder().layer(layer).add(new
 * DnsResolverProvider(options))} for all of a runtime.
 *
 * @param refresh where given, a name is looked up again when its records' TTL is over, yet no
 *     sooner than this; where empty, only when the channel asks for it after a failure
 * @param serviceConfig whether {@code _grpc_config.} TXT records are asked for (A2)
 * @param timeout the longest that one resolution may take, positive
 */
public record DnsOptions(Optional<Duration> refresh, boolean serviceConfig, Duration timeout) {
  /**
   * No resolution waits longer, whatever was chosen; before the default, which is checked by it.
   */
  private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

  /** No refresh, TXT records, 30 s. */
  public static final DnsOptions DEFAULT =
      new DnsOptions(Optional.empty(), true, Duration.ofSeconds(30));

  /** Checks the times. A timeout of more than a day is taken for a day. */
  public DnsOptions {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: more than 0)");
    }
    refresh
        .filter(least -> !least.isPositive())
        .ifPresent(least -> {
          throw new IllegalArgumentException("refresh: " + least + " (expected: more than 0)");
        });
    timeout = timeout.compareTo(MAX_TIMEOUT) > 0 ? MAX_TIMEOUT : timeout;
  }

  /**
   * {@return these options, but looking names up again as their TTL is over}
   *
   * @param least between two lookups, however short the TTL, which may be 0
   */
  public DnsOptions withRefreshAtTtl(Duration least) {
    return new DnsOptions(Optional.of(least), serviceConfig, timeout);
  }

  /** {@return these options, but with TXT records asked for, or not} */
  public DnsOptions withServiceConfig(boolean asked) {
    return new DnsOptions(refresh, asked, timeout);
  }

  /** {@return these options, but with this longest time for one resolution} */
  public DnsOptions withTimeout(Duration longest) {
    return new DnsOptions(refresh, serviceConfig, longest);
  }
}

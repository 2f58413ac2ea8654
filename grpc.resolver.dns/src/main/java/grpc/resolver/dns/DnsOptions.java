package grpc.resolver.dns;

import java.time.Duration;
import java.util.Optional;

/**
 * The options of the scheme {@code dns}: {@code GrpcChannel.builder(target,
 * ChannelCredentials.plaintext()).resolver(new DnsResolverProvider(options))} for one channel,
 * {@code GrpcRuntime.builder().layer(layer).add(new DnsResolverProvider(options))} for all of a
 * runtime.
 *
 * @param refresh if given, a name is looked up again when its records' TTL is over, at the earliest
 *     after this time; if empty, only when the channel asks for it after a failure
 * @param serviceConfig whether to ask for {@code _grpc_config.} TXT records (A2)
 * @param timeout the limit for one resolution, positive
 */
public record DnsOptions(Optional<Duration> refresh, boolean serviceConfig, Duration timeout) {
  /**
   * The longest timeout; a longer one is cut to this. It stands before the default because the
   * default's check reads it.
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
   * {@return these options, with a new lookup when the TTL is over}
   *
   * @param least the least time between two lookups, even if the TTL is shorter or 0
   */
  public DnsOptions withRefreshAtTtl(Duration least) {
    return new DnsOptions(Optional.of(least), serviceConfig, timeout);
  }

  /** {@return these options, with or without TXT records} */
  public DnsOptions withServiceConfig(boolean asked) {
    return new DnsOptions(refresh, asked, timeout);
  }

  /** {@return these options, with this limit for one resolution} */
  public DnsOptions withTimeout(Duration longest) {
    return new DnsOptions(refresh, serviceConfig, longest);
  }
}

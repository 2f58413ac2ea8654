package grpc.spi.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * What a channel asks of its connections.
 *
 * @param authority the channel's {@code :authority}, for TLS
 * @param userAgent the {@code user-agent} header
 * @param maxHeaderListSize what a response's header list may take, Σ(name + value + 32)
 * @param connectTimeout the longest that an attempt may take, to the server's SETTINGS
 * @param keepalive how to find out that the server is gone; empty for not at all. A transport
 *     without a wire may ignore it
 */
public record ClientTransportOptions(
    String authority,
    String userAgent,
    int maxHeaderListSize,
    Duration connectTimeout,
    Optional<Keepalive> keepalive) {
  /** Options; a timeout of more than 292 years is taken for that. */
  public ClientTransportOptions {
    connectTimeout = Durations.bounded(connectTimeout);
  }

  /** Options without keepalive, which is the default. */
  public ClientTransportOptions(
      String authority, String userAgent, int maxHeaderListSize, Duration connectTimeout) {
    this(authority, userAgent, maxHeaderListSize, connectTimeout, Optional.empty());
  }
}

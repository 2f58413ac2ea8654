package grpc.spi.transport;

import java.time.Duration;

/**
 * What a channel asks of its connections.
 *
 * @param authority the channel's {@code :authority}, for TLS
 * @param userAgent the {@code user-agent} header
 * @param maxHeaderListSize what a response's header list may take, Σ(name + value + 32)
 * @param connectTimeout the longest that an attempt may take, to the server's SETTINGS
 */
public record ClientTransportOptions(
    String authority, String userAgent, int maxHeaderListSize, Duration connectTimeout) {}

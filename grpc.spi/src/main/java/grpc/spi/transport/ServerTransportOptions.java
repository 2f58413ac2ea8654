package grpc.spi.transport;

import java.time.Duration;

/**
 * What a server asks of its connections.
 *
 * @param maxConcurrentStreams the most requests that run at once on a connection; more are refused
 * @param maxHeaderListSize what a request's header list may take, Σ(name + value + 32)
 * @param handshakeTimeout the longest that a client may take to the end of its preface and SETTINGS
 */
public record ServerTransportOptions(
    int maxConcurrentStreams, int maxHeaderListSize, Duration handshakeTimeout) {}

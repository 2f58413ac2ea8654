package grpc.spi.transport;

import java.time.Duration;

/**
 * What a server asks of its connections. A transport without a wire may ignore the last three.
 *
 * @param maxConcurrentStreams the most requests that run at once on a connection; more are refused
 * @param maxHeaderListSize what a request's header list may take, Σ(name + value + 32)
 * @param handshakeTimeout the longest that a client may take to the end of its preface and SETTINGS
 * @param keepalive how to find out that a client is gone
 * @param pingPolicy how often a client may ping
 * @param age how long a connection is kept
 */
public record ServerTransportOptions(
    int maxConcurrentStreams,
    int maxHeaderListSize,
    Duration handshakeTimeout,
    Keepalive keepalive,
    PingPolicy pingPolicy,
    ConnectionAge age) {
  /** Options with the default keepalive, ping policy and age. */
  public ServerTransportOptions(
      int maxConcurrentStreams, int maxHeaderListSize, Duration handshakeTimeout) {
    this(
        maxConcurrentStreams,
        maxHeaderListSize,
        handshakeTimeout,
        Keepalive.SERVER_DEFAULT,
        PingPolicy.DEFAULT,
        ConnectionAge.UNLIMITED);
  }
}

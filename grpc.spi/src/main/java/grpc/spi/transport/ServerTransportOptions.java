package grpc.spi.transport;

import java.time.Duration;

/**
 * What a server asks of its connections. A transport without a wire may ignore the last four.
 *
 * @param maxConcurrentStreams the most requests that run at once on a connection; more are refused
 * @param maxHeaderListSize what a request's header list may take, Σ(name + value + 32)
 * @param handshakeTimeout the longest that a client may take to the end of its preface and SETTINGS
 * @param keepalive how to find out that a client is gone
 * @param pingPolicy how often a client may ping
 * @param age how long a connection is kept
 * @param memory what connections may hold of messages that are not whole or not taken
 */
public record ServerTransportOptions(
    int maxConcurrentStreams,
    int maxHeaderListSize,
    Duration handshakeTimeout,
    Keepalive keepalive,
    PingPolicy pingPolicy,
    ConnectionAge age,
    InboundMemory memory) {
  /** Options; a timeout of more than 292 years is taken for that. */
  public ServerTransportOptions {
    handshakeTimeout = Durations.bounded(handshakeTimeout);
  }

  /** Options with the default keepalive, ping policy, age and memory. */
  public ServerTransportOptions(
      int maxConcurrentStreams, int maxHeaderListSize, Duration handshakeTimeout) {
    this(
        maxConcurrentStreams,
        maxHeaderListSize,
        handshakeTimeout,
        Keepalive.SERVER_DEFAULT,
        PingPolicy.DEFAULT,
        ConnectionAge.UNLIMITED,
        InboundMemory.ofHeap(Runtime.getRuntime().maxMemory()));
  }
}

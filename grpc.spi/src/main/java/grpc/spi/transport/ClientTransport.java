package grpc.spi.transport;

import grpc.api.Peer;
import grpc.api.Status;

/**
 * One connection to one address, from its first attempt to its end. A transport implements it, for
 * use by any thread, many at once. No method waits for the peer or throws. On a closed connection
 * they have no effect.
 */
public interface ClientTransport {
  /**
   * Starts a request; its headers leave at once. If the connection takes no new streams, the
   * returned stream has already ended with {@link StreamEnd.Progress#NOT_SENT}.
   */
  ClientStream newStream(RequestHeaders headers, StreamOptions options);

  /** Starts a request with a single message; headers, message and end leave together. */
  ClientStream newStream(RequestHeaders headers, StreamOptions options, Message message);

  /** Refuses new streams and closes once the last one has ended. */
  void drain();

  /** Ends all streams with this status and closes. */
  void close(Status status);

  /**
   * Gets the events of a connection; the kernel implements it. The transport calls it on any
   * thread, one event at a time: {@link #ready} at most once, {@link #closed} once and last.
   */
  interface Listener {
    /** The connection can be used. */
    void ready(Peer peer);

    /** It takes no new streams (GOAWAY received, ids used up); running ones go on. */
    void draining(Status reason);

    /**
     * The server found that this connection's keepalive pings too often (GOAWAY ENHANCE_YOUR_CALM
     * {@code too_many_pings}); {@link #draining} follows. The next connections should ping half as
     * often (gRFC A8).
     *
     * @param used the keepalive that pinged too often
     */
    void pingedTooOften(Keepalive used);

    /** It is gone, or failed to connect; the last event, exactly once. */
    void closed(Status reason);
  }
}

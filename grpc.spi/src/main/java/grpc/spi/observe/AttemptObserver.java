package grpc.spi.observe;

import grpc.api.Metadata;
import grpc.api.Status;
import java.net.SocketAddress;

/** Observes one attempt of a client's call; see {@link CallObserver} for threads and exceptions. */
public interface AttemptObserver {
  /** Observes no event; the runtime then makes no further calls. */
  AttemptObserver NONE = new AttemptObserver() {};

  /**
   * A connection was found.
   *
   * @param address where to
   * @param waitedNanos how long the attempt waited for it, in nanoseconds; 0 where the first pick
   *     found it
   */
  default void picked(SocketAddress address, long waitedNanos) {}

  /**
   * {@return what this attempt sends to the server beside the call's own metadata, for example the
   * trace that it is part of (A72)} Asked once, when a connection was found; do not block. Empty
   * for none, never null.
   */
  default Metadata headers() {
    return Metadata.EMPTY;
  }

  /** A message was handed to the connection; its size as in {@link CallObserver#messageSent}. */
  default void messageSent(int wireBytes) {}

  /** A message was received; its size as in {@link CallObserver#messageReceived}. */
  default void messageReceived(int wireBytes) {}

  /** The attempt has ended, once. */
  default void ended(Status status) {}
}

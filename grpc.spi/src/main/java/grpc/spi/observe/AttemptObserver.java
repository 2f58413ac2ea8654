package grpc.spi.observe;

import grpc.api.Metadata;
import grpc.api.Status;
import java.net.SocketAddress;

/** Observes one attempt of a client's call; see {@link CallObserver} for threads and exceptions. */
public interface AttemptObserver {
  /** Ignores all events; the runtime then makes no further calls. */
  AttemptObserver NONE = new AttemptObserver() {};

  /**
   * A connection was found.
   *
   * @param address the connection's address
   * @param waitedNanos how long the attempt waited for it, in nanoseconds; 0 if the first pick
   *     found it
   */
  default void picked(SocketAddress address, long waitedNanos) {}

  /**
   * {@return the metadata that this attempt sends beside the call's own, for example its trace
   * (A72)} The kernel asks once, when a connection was found; do not block. Empty for none, never
   * null.
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

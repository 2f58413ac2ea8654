package grpc.spi.observe;

import grpc.api.Status;

/**
 * Observes one call, on the threads that carry it: one may send while another receives, so guard
 * what you keep. {@link #ended} comes once, and last; only events that another thread was reporting
 * may come later. The rules of {@link Observer} hold for these methods, too.
 */
public interface CallObserver {
  /** Ignores all events; the runtime then makes no further calls. */
  CallObserver NONE = new CallObserver() {};

  /**
   * A client's call had to wait for the name's resolution (A72).
   *
   * @param waitedNanos how long, in nanoseconds
   */
  default void resolved(long waitedNanos) {}

  /**
   * An attempt of a client's call begins; a server's call has none.
   *
   * @param previous the number of earlier attempts, without transparent ones (A6)
   * @param transparent whether it repeats an attempt that no server has seen
   * @return an observer of this attempt; {@link AttemptObserver#NONE} for none
   */
  default AttemptObserver attempt(int previous, boolean transparent) {
    return AttemptObserver.NONE;
  }

  /**
   * A message is handed over to be sent; once per message, even if the call has several attempts.
   *
   * @param bytes its marshalled size
   * @param wireBytes its size on the wire, after compression if there is any, without the prefix of
   *     five bytes
   */
  default void messageSent(int bytes, int wireBytes) {}

  /**
   * A message was received.
   *
   * @param bytes its size, decompressed
   * @param wireBytes its size on the wire, without the prefix of five bytes
   */
  default void messageReceived(int bytes, int wireBytes) {}

  /** The call has ended, once. */
  default void ended(Status status) {}
}

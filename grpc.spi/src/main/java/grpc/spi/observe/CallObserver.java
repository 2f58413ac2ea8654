package grpc.spi.observe;

import grpc.api.Status;

/**
 * Observes one call, on the threads that carry it: one may send while another receives, so guard
 * what you keep. {@link #ended} comes once, and last, except for what was on its way by then. What
 * {@link Observer} says of its methods is true of these.
 */
public interface CallObserver {
  /** Observes no event; the runtime then makes no further calls. */
  CallObserver NONE = new CallObserver() {};

  /**
   * A client's call had to wait for the name's resolution (A72); one that had not does not come
   * here.
   *
   * @param waitedNanos how long, in nanoseconds
   */
  default void resolved(long waitedNanos) {}

  /**
   * An attempt of a client's call begins; a server's call has none.
   *
   * @param previous how many attempts went before, transparent ones not counted (A6)
   * @param transparent whether it repeats one that no server has seen
   * @return what observes this attempt; {@link AttemptObserver#NONE} for none
   */
  default AttemptObserver attempt(int previous, boolean transparent) {
    return AttemptObserver.NONE;
  }

  /**
   * A message is handed over to be sent; once a message, whatever the number of attempts.
   *
   * @param bytes its size as it was marshalled
   * @param wireBytes its size on the wire, compressed where it is, without the prefix of five bytes
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

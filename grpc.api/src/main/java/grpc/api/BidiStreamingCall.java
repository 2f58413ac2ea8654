package grpc.api;

/**
 * A call with many requests and many responses. One thread may send while another reads.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public interface BidiStreamingCall<Q, R> extends ServerStreamingCall<R> {
  /**
   * Sends a message; blocks while the flow-control window or the write quota is used up.
   *
   * @return false when the server has ended the call with OK and reads no more
   * @throws StatusException when the call has ended otherwise
   * @throws IllegalStateException after {@link #halfClose}
   */
  boolean send(Q message);

  /**
   * Whether the messages sent from now on are compressed, where the call has a compressor; true at
   * first. For the thread that sends.
   */
  void compressMessages(boolean compress);

  /** Says that no more requests follow. Does nothing when that has been said. */
  void halfClose();
}

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
   * Switches compression on or off for the messages sent from now on; true at first. Without a
   * compressor the call ignores it. Call it on the thread that sends.
   */
  void compressMessages(boolean compress);

  /** Half-closes the call: no more requests follow. Has no effect the second time. */
  void halfClose();
}

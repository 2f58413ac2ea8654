package grpc.spi.transport;

import grpc.api.Status;
import java.util.Optional;

/**
 * One request on the client. A transport implements it. One thread may send while another receives,
 * and any number may wait for {@link #headers} and {@link #end}; {@link #cancel} may come from any
 * thread. A failure is an end, not an exception: {@link #receive} is then empty and {@link #end}
 * has the reason.
 *
 * <p>Methods that wait throw {@link InterruptedException} when the thread is interrupted, and
 * {@link IllegalStateException} on a {@link NonBlockingThread}. The stream goes on; the caller may
 * cancel it.
 */
public interface ClientStream {
  /**
   * Queues a message; waits while more than the write quota is queued.
   *
   * @return false when the stream has ended and the message is dropped
   * @throws IllegalStateException after {@link #halfClose}
   */
  boolean send(Message message) throws InterruptedException;

  /** Ends the request's messages. Has no effect when they have ended. */
  void halfClose();

  /**
   * Waits for the response headers.
   *
   * @return the headers, or empty when the stream ended without headers
   */
  Optional<ResponseHeaders> headers() throws InterruptedException;

  /**
   * Waits for the next message.
   *
   * @return the message, or empty when the stream has ended and all messages are read
   */
  Optional<Message> receive() throws InterruptedException;

  /**
   * Waits for the end. Messages that are not read count against flow control, so read them first.
   *
   * @return the end
   */
  StreamEnd end() throws InterruptedException;

  /**
   * Ends the stream now with this status, and sends RST_STREAM CANCEL. Messages not yet read are
   * dropped. Has no effect when it has ended.
   */
  void cancel(Status status);
}

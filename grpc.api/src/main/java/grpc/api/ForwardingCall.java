package grpc.api;

import java.util.Optional;

/**
 * A call that forwards every method to another call. Extend it in an interceptor of streams, and
 * override the methods to see or change.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public class ForwardingCall<Q, R> implements ClientCall<Q, R> {
  private final ClientCall<Q, R> next;

  /** Forwards every method to this call. */
  public ForwardingCall(ClientCall<Q, R> next) {
    this.next = next;
  }

  @Override
  public void start() {
    next.start();
  }

  @Override
  public boolean send(Q message) {
    return next.send(message);
  }

  @Override
  public boolean sendLast(Q message) {
    return next.sendLast(message);
  }

  @Override
  public void compressMessages(boolean compress) {
    next.compressMessages(compress);
  }

  @Override
  public void halfClose() {
    next.halfClose();
  }

  @Override
  public Metadata headers() {
    return next.headers();
  }

  @Override
  public Optional<R> receive() {
    return next.receive();
  }

  @Override
  public Metadata trailers() {
    return next.trailers();
  }

  @Override
  public Optional<Peer> peer() {
    return next.peer();
  }

  @Override
  public void cancel(String reason) {
    next.cancel(reason);
  }
}

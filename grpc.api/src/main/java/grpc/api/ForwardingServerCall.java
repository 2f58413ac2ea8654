package grpc.api;

import java.util.Optional;

/**
 * A server's call that forwards every method to another call. Extend it in an interceptor of
 * streams, and override the methods to see or change.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public class ForwardingServerCall<Q, R> implements ServerCall<Q, R> {
  private final ServerCall<Q, R> next;

  /** Forwards every method to this call. */
  public ForwardingServerCall(ServerCall<Q, R> next) {
    this.next = next;
  }

  @Override
  public MethodDescriptor<Q, R> method() {
    return next.method();
  }

  @Override
  public CallContext context() {
    return next.context();
  }

  @Override
  public Optional<Q> receive() {
    return next.receive();
  }

  @Override
  public void send(R message) {
    next.send(message);
  }
}

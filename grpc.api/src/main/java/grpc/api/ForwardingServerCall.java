package grpc.api;

import java.util.Optional;

/**
 * A server's call that hands everything on to another: what interceptors of streams extend, to see
 * or change what they override.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public class ForwardingServerCall<Q, R> implements ServerCall<Q, R> {
  private final ServerCall<Q, R> next;

  /** Hands everything on to this call. */
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

package grpc.api;

/**
 * A method with its handler. Immutable.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public final class MethodDefinition<Q, R> {
  private final MethodDescriptor<Q, R> method;
  private final MethodHandler<Q, R> handler;
  private final boolean inline;

  private MethodDefinition(
      MethodDescriptor<Q, R> method, MethodHandler<Q, R> handler, boolean inline) {
    this.method = method;
    this.handler = handler;
    this.inline = inline;
  }

  /**
   * {@return a method with its handler, which runs on a virtual thread}
   *
   * @throws IllegalArgumentException when the handler is of another kind than the method
   */
  public static <Q, R> MethodDefinition<Q, R> of(
      MethodDescriptor<Q, R> method, MethodHandler<Q, R> handler) {
    if (method.type() != handler.type()) {
      throw new IllegalArgumentException(
          "method %s is %s, its handler %s".formatted(method, method.type(), handler.type()));
    }
    return new MethodDefinition<>(method, handler, false);
  }

  /**
   * {@return a copy that runs the handler on the connection's reader itself, or on a virtual
   * thread} Only a handler that never blocks and takes microseconds may run there: meanwhile
   * everything else on that reader waits.
   *
   * @throws IllegalArgumentException when {@code inline} is true and the method is not unary
   */
  public MethodDefinition<Q, R> withInline(boolean inline) {
    if (inline && method.type() != MethodType.UNARY) {
      throw new IllegalArgumentException(
          "method %s is %s: only unary methods can be inline".formatted(method, method.type()));
    }
    return new MethodDefinition<>(method, handler, inline);
  }

  /** {@return the method} */
  public MethodDescriptor<Q, R> method() {
    return method;
  }

  /** {@return its handler, of the method's kind} */
  public MethodHandler<Q, R> handler() {
    return handler;
  }

  /** {@return whether the handler runs on the connection's reader itself} */
  public boolean inline() {
    return inline;
  }

  @Override
  public String toString() {
    return inline ? method + " (inline)" : method.toString();
  }
}

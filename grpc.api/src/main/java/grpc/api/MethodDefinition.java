package grpc.api;

/**
 * A method and what answers it.
 *
 * @param method the method
 * @param handler its handler, of the method's kind
 * @param inline whether the handler of a unary method runs on the connection's reader itself: only
 *     for handlers that never block and take microseconds, since everything on that reader waits
 *     meanwhile
 * @param <Q> the request message
 * @param <R> the response message
 */
public record MethodDefinition<Q, R>(
    MethodDescriptor<Q, R> method, MethodHandler<Q, R> handler, boolean inline) {
  /** Checks that the handler fits the method. */
  public MethodDefinition {
    if (method.type() != handler.type()) {
      throw new IllegalArgumentException(
          "method %s is %s, its handler %s".formatted(method, method.type(), handler.type()));
    }
    if (inline && method.type() != MethodType.UNARY) {
      throw new IllegalArgumentException(
          "method %s is %s: only unary methods can be inline".formatted(method, method.type()));
    }
  }
}

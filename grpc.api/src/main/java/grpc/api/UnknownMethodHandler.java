package grpc.api;

import java.util.Optional;

/**
 * Answers methods that a server's services do not have: for proxies, and for services that are
 * known only at run time. Must be safe for use by any number of threads.
 */
@FunctionalInterface
public interface UnknownMethodHandler {
  /**
   * Finds the handler of a method. The server asks once per call, on the connection's reader; must
   * not block. The codec of the returned method marshals the messages, even if the request's
   * content-subtype is another one; the response carries the request's, see {@link
   * CallContext#contentSubtype}. Throw a {@link StatusException} to end the call with its status;
   * any other exception is logged, and ends the call with INTERNAL.
   *
   * @param fullName {@code package.Service/Method}
   * @return the method with its handler, or empty for UNIMPLEMENTED
   */
  Optional<MethodDefinition<?, ?>> find(String fullName);
}

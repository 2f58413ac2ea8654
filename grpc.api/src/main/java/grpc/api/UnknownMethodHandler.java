package grpc.api;

import java.util.Optional;

/**
 * Finds what answers a method that none of a server's services has: for proxies, and for services
 * that are known at run time only. Must be safe for use by any number of threads.
 */
@FunctionalInterface
public interface UnknownMethodHandler {
  /**
   * Asked once a call on the connection's reader; must not block. Messages are marshalled by the
   * codec of the method that it returns, whatever the request's content-subtype is; the response
   * carries the request's, see {@link CallContext#contentSubtype}. A {@link StatusException} that
   * it throws is the answer; whatever else it throws is logged, and ends the call with INTERNAL.
   *
   * @param fullName {@code package.Service/Method}
   * @return what answers it, or empty for UNIMPLEMENTED
   */
  Optional<MethodDefinition<?, ?>> find(String fullName);
}

package grpc.kernel.server;

import grpc.api.CallContext;

/** The context that handlers and interceptors find as the current one. */
final class BoundContext {
  private BoundContext() {}

  /** {@return whether this context is the current one} An equal one may be of another call. */
  @SuppressWarnings("ReferenceEquality")
  static boolean is(CallContext context) {
    return CallContext.CURRENT.isBound() && CallContext.CURRENT.get() == context;
  }

  /** {@return what the operation gives, in which this context is the current one} */
  static <T> T call(CallContext context, ScopedValue.CallableOp<T, Exception> operation)
      throws Exception {
    return ScopedValue.where(CallContext.CURRENT, context).call(operation);
  }
}

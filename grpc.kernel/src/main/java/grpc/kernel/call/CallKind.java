package grpc.kernel.call;

import grpc.api.MethodDescriptor;
import grpc.api.MethodType;

/**
 * Refuses a method of one kind that is called as another: the call would pass interceptors that see
 * the other kind only.
 */
final class CallKind {
  private CallKind() {}

  /**
   * Checks that a method may be called by {@code Channel.unary}.
   *
   * @throws IllegalArgumentException when it is of a streaming kind
   */
  static void requireUnary(MethodDescriptor<?, ?> method) {
    if (method.type() != MethodType.UNARY) {
      throw new IllegalArgumentException(
          "unary(…) of %s, which is %s (expected: call(…), or the channel's method for that kind)"
              .formatted(method, method.type()));
    }
  }

  /**
   * Checks that a method may be called by {@code Channel.call}.
   *
   * @throws IllegalArgumentException when it is unary
   */
  static void requireStreaming(MethodDescriptor<?, ?> method) {
    if (method.type() == MethodType.UNARY) {
      throw new IllegalArgumentException(
          "a streaming call of %s, which is UNARY (expected: unary(…) or unaryAsync(…))"
              .formatted(method));
    }
  }
}

package grpc.api;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Makes calls. Stubs are thin views of it; channels and interceptors implement it. Safe for use by
 * any number of threads. Every method except {@link #unaryAsync} blocks its caller, and throws a
 * {@link StatusException} when the call fails. Interrupting a blocked caller cancels the call: the
 * exception has the code CANCELLED, and the thread's interrupt status is set.
 *
 * <p>Misconfiguration is an {@link IllegalStateException}, not a failed call: there is no module
 * for the method's codec or the call's compressor, or the codec cannot carry the messages. Every
 * method throws it; {@link #unaryAsync} completes its future with it. {@code GrpcRuntime.check}
 * lists the same problems before the first call.
 */
public interface Channel {
  /**
   * Sends one request and waits for the one response.
   *
   * @return the response with its headers and trailers
   * @throws StatusException when the call ends with a status other than OK
   * @throws IllegalArgumentException when the method is of a streaming kind: interceptors of unary
   *     calls must not see it
   */
  <Q, R> UnaryResponse<R> unary(MethodDescriptor<Q, R> method, Q request, CallOptions options);

  /**
   * Starts a call of one of the streaming kinds. Close the call when you are done with it. Unlike
   * {@link #unary}, this method does not throw for a failed call: the call's own methods do.
   *
   * @throws IllegalArgumentException when the method is unary: interceptors of unary calls would
   *     not see the call. Use {@link #unary} or {@link #unaryAsync}
   */
  <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, CallOptions options);

  /**
   * Makes a unary call on a new virtual thread, with the {@link CallContext} of the caller. The
   * future completes on that thread, so dependent futures may block. A failed call completes it
   * with a {@link StatusException}. Cancel the future, or complete it earlier (for example with
   * {@code orTimeout}), to cancel the call; futures that depend on it do not cancel the call.
   *
   * @return the response's message
   */
  default <Q, R> CompletableFuture<R> unaryAsync(
      MethodDescriptor<Q, R> method, Q request, CallOptions options) {
    return AsyncCall.start(method.fullName(), () -> unary(method, request, options).message());
  }

  /**
   * Sends one request and returns the responses; close them. If an interceptor throws before this
   * returns, the call is cancelled.
   */
  default <Q, R> ServerStreamingCall<R> serverStreaming(
      MethodDescriptor<Q, R> method, Q request, CallOptions options) {
    Objects.requireNonNull(request, "request: null (expected: a message)");
    var call = call(method, options);
    return Begun.of(call, () -> call.sendLast(request));
  }

  /** Starts a call with many requests and one response; close it. */
  default <Q, R> ClientStreamingCall<Q, R> clientStreaming(
      MethodDescriptor<Q, R> method, CallOptions options) {
    var call = call(method, options);
    return new ClientStreamingCall<>(Begun.of(call, call::start));
  }

  /** Starts a call with many requests and many responses; close it. */
  default <Q, R> BidiStreamingCall<Q, R> bidiStreaming(
      MethodDescriptor<Q, R> method, CallOptions options) {
    var call = call(method, options);
    return Begun.of(call, call::start);
  }
}

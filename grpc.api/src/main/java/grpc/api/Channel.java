package grpc.api;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Makes calls. Stubs are thin views of it; channels and interceptors implement it. Safe for use by
 * any number of threads. Every method but {@link #unaryAsync} blocks its caller, and fails with a
 * {@link StatusException}. An interrupt of a blocked caller cancels the call: the exception then
 * has the code CANCELLED, and the thread's interrupt status is set.
 *
 * <p>A call that the runtime cannot make is no failed call: if it has no module for the method's
 * codec or the call's compressor, or the codec cannot carry the messages, every method throws an
 * {@link IllegalStateException}, and a future ends with it. {@code GrpcRuntime.check} lists the
 * same before the first call.
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
   * Starts a call of one of the streaming kinds. The call is the caller's to close. Unlike {@link
   * #unary} it does not throw for a failed call: the call's own methods do.
   *
   * @throws IllegalArgumentException when the method is unary: it would pass the interceptors of
   *     unary calls. Use {@link #unary} or {@link #unaryAsync}
   */
  <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, CallOptions options);

  /**
   * Makes a unary call on a virtual thread of its own, with the {@link CallContext} of this one.
   * The future completes on that thread, so what depends on it may block. A call that fails
   * completes it with a {@link StatusException}. Completing the future before the call does, be it
   * by cancelling it or with {@code orTimeout}, cancels the call; futures that depend on it do not.
   *
   * @return the response's message
   */
  default <Q, R> CompletableFuture<R> unaryAsync(
      MethodDescriptor<Q, R> method, Q request, CallOptions options) {
    return AsyncCall.start(method.fullName(), () -> unary(method, request, options).message());
  }

  /**
   * Sends one request and returns the responses, which the caller closes. Where something throws
   * before they can be returned, an interceptor for example, the call is cancelled.
   */
  default <Q, R> ServerStreamingCall<R> serverStreaming(
      MethodDescriptor<Q, R> method, Q request, CallOptions options) {
    Objects.requireNonNull(request, "request: null (expected: a message)");
    var call = call(method, options);
    return Begun.of(call, () -> call.sendLast(request));
  }

  /** Starts a call with many requests and one response, which the caller closes. */
  default <Q, R> ClientStreamingCall<Q, R> clientStreaming(
      MethodDescriptor<Q, R> method, CallOptions options) {
    var call = call(method, options);
    return new ClientStreamingCall<>(Begun.of(call, call::start));
  }

  /** Starts a call with many requests and many responses, which the caller closes. */
  default <Q, R> BidiStreamingCall<Q, R> bidiStreaming(
      MethodDescriptor<Q, R> method, CallOptions options) {
    var call = call(method, options);
    return Begun.of(call, call::start);
  }
}

package grpc.kernel.call;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.StatusException;
import grpc.api.UnaryResponse;
import grpc.kernel.attempt.Retries;
import grpc.kernel.message.MethodMarshallers;
import grpc.kernel.pick.CallEnvironment;
import grpc.kernel.registry.PluginFailure;
import grpc.kernel.retry.RetrySettings;
import grpc.spi.transport.NonBlockingThread;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The end of a channel's interceptor chain: makes calls on connections. */
public final class UninterceptedChannel implements Channel {
  private final CallEnvironment environment;
  private final Retries retries;
  private final CallOptions defaults;
  private final ConcurrentMap<MethodDescriptor<?, ?>, MethodMarshallers<?, ?>> methods =
      new ConcurrentHashMap<>();

  /**
   * Makes calls on this channel.
   *
   * @param defaults for what a call's options leave open
   * @param retrySettings for calls that take more than one attempt
   */
  public UninterceptedChannel(
      CallEnvironment environment, CallOptions defaults, RetrySettings retrySettings) {
    this.environment = environment;
    this.retries = new Retries(retrySettings);
    this.defaults = defaults;
  }

  /** {@return what makes calls on a single connection, by no service config} */
  public static UninterceptedChannel direct(CallEnvironment connection) {
    return new UninterceptedChannel(connection, CallOptions.DEFAULT, RetrySettings.NONE);
  }

  @Override
  public <Q, R> UnaryResponse<R> unary(
      MethodDescriptor<Q, R> method, Q request, CallOptions options) {
    CallKind.requireUnary(method);
    NonBlockingThread.requireBlockingAllowed("a blocking client call");
    Objects.requireNonNull(request, "request: null (expected: a message)");
    var chosen = options.orElse(defaults);
    return new UnaryCall<>(environment, retries, marshallers(method), chosen).make(request);
  }

  @Override
  public <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, CallOptions options) {
    CallKind.requireStreaming(method);
    return new StreamingCall<>(environment, retries, marshallers(method), options.orElse(defaults));
  }

  private <Q, R> MethodMarshallers<Q, R> lookUp(MethodDescriptor<Q, R> method) {
    try {
      return MethodMarshallers.of(method, environment.settings().providers());
    } catch (PluginFailure e) {
      throw new StatusException(e.status(), Metadata.EMPTY, e);
    }
  }

  @SuppressWarnings("unchecked") // only marshallers of the key's own types are put under it
  private <Q, R> MethodMarshallers<Q, R> marshallers(MethodDescriptor<Q, R> method) {
    var known = methods.get(method);
    if (known == null) {
      known = lookUp(method);
      methods.putIfAbsent(method, known);
    }
    return (MethodMarshallers<Q, R>) known;
  }
}

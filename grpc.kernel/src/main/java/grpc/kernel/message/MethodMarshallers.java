package grpc.kernel.message;

import grpc.api.MethodDescriptor;
import grpc.kernel.registry.PluginFailure;
import grpc.kernel.registry.Providers;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import grpc.spi.failure.Reason;
import java.util.Objects;

/**
 * A method with what marshals its messages, looked up once.
 *
 * @param method the method
 * @param request for requests
 * @param response for responses
 * @param <Q> the request message
 * @param <R> the response message
 */
public record MethodMarshallers<Q, R>(
    MethodDescriptor<Q, R> method, Marshaller<Q> request, Marshaller<R> response) {
  /**
   * {@return the marshallers that the method's codec has}
   *
   * @throws IllegalStateException when the runtime has no such codec, or the codec cannot carry the
   *     method's types
   * @throws PluginFailure when the codec throws what it must not
   */
  public static <Q, R> MethodMarshallers<Q, R> of(
      MethodDescriptor<Q, R> method, Providers providers) {
    return of(method, method.codec(), providers);
  }

  /** {@return the marshallers that a codec of the client's choice has} See {@link #of}. */
  public static <Q, R> MethodMarshallers<Q, R> of(
      MethodDescriptor<Q, R> method, String codecName, Providers providers) {
    var codec = providers.requireCodec(codecName);
    try {
      return new MethodMarshallers<>(
          method,
          marshaller(codec, method.requestType()),
          marshaller(codec, method.responseType()));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("method " + method + ": " + Reason.of(e), e);
    }
  }

  private static <T> Marshaller<T> marshaller(Codec codec, Class<T> type) {
    try {
      return Objects.requireNonNull(
          codec.marshaller(type), "its marshaller (expected: one, or an IllegalArgumentException)");
    } catch (IllegalArgumentException e) {
      throw e; // it cannot carry the type
    } catch (Throwable e) { // a codec of another version throws LinkageErrors, too
      throw PluginFailure.of("codec", codec, e);
    }
  }
}

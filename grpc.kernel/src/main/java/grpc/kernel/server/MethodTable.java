package grpc.kernel.server;

import grpc.api.Metadata;
import grpc.api.MethodDefinition;
import grpc.api.ServerInterceptor;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.kernel.message.MethodMarshallers;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerStreamHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what answers a request: by its path, then by its encoding and content-subtype. */
public final class MethodTable implements ServerStreamAcceptor {
  private static final String PROTO = "proto";

  private final ServerSettings settings;
  private final Map<String, ServedMethod<?, ?>> methods = new HashMap<>();
  private final Set<String> services = new TreeSet<>();

  /**
   * Looks every marshaller up.
   *
   * @throws IllegalArgumentException when two services have one name
   * @throws IllegalStateException when the runtime lacks a codec
   */
  public MethodTable(
      List<ServiceDefinition> services,
      List<ServerInterceptor> interceptors,
      ServerSettings settings) {
    this.settings = settings;
    for (var service : services) {
      if (!this.services.add(service.name())) {
        throw new IllegalArgumentException(
            "service " + service.name() + " is registered twice (expected: each name once)");
      }
      for (MethodDefinition<?, ?> definition : service.methods()) {
        methods.put(
            definition.method().path(),
            ServedMethod.of(definition, interceptors, settings.providers()));
      }
    }
  }

  @Override
  public ServerStreamHandler accept(ServerStream stream) {
    var method = methods.get(stream.headers().path());
    return method == null
        ? refuse(stream, unknown(stream.headers().path()))
        : accept(method, stream);
  }

  private <Q, R> ServerStreamHandler accept(ServedMethod<Q, R> method, ServerStream stream) {
    var request = stream.headers();
    @Nullable Compressor compressor = null;
    if (!request.encoding().equals(RequestHeaders.IDENTITY)) {
      compressor = settings.providers().compressor(request.encoding()).orElse(null);
      if (compressor == null) {
        return unknownEncoding(stream);
      }
    }
    var marshallers = marshallers(method, request.contentSubtype());
    return marshallers.isPresent()
        ? method.answer(settings, marshallers.get(), stream, compressor)
        : refuse(
            stream,
            Status.unimplemented(
                "content-subtype '%s' for %s (expected: %s, its codec; codecs here: %s)"
                    .formatted(
                        request.contentSubtype(),
                        request.path(),
                        method.marshallers().method().codec(),
                        String.join(", ", settings.providers().codecs().names()))));
  }

  /** Those of the method's codec, or of the client's choice where this runtime can do it. */
  private <Q, R> Optional<MethodMarshallers<Q, R>> marshallers(
      ServedMethod<Q, R> method, String subtype) {
    var own = method.marshallers();
    if (subtype.isEmpty() || subtype.equals(own.method().codec())) {
      return Optional.of(own);
    }
    if (settings.providers().codecs().find(subtype).isPresent()) {
      try {
        return Optional.of(MethodMarshallers.of(own.method(), subtype, settings.providers()));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // that codec cannot carry the method's types
      }
    }
    return own.method().codec().equals(PROTO) ? Optional.of(own) : Optional.empty();
  }

  private ServerStreamHandler unknownEncoding(ServerStream stream) {
    var request = stream.headers();
    String accepted = settings.providers().acceptEncoding();
    var status =
        Status.unimplemented(
            "grpc-encoding '%s' (expected: identity%s)"
                .formatted(request.encoding(), accepted.isEmpty() ? "" : " or one of " + accepted));
    var headers =
        new ResponseHeaders(
            request.contentSubtype(), RequestHeaders.IDENTITY, accepted, Metadata.EMPTY);
    return new Refusal(stream, status, Optional.of(headers));
  }

  private static ServerStreamHandler refuse(ServerStream stream, Status status) {
    return new Refusal(stream, status, Optional.empty());
  }

  private Status unknown(String path) {
    int slash = path.lastIndexOf('/');
    if (!path.startsWith("/") || slash <= 0 || slash == path.length() - 1) {
      return Status.unimplemented(
          "malformed path '" + path + "' (expected: /package.Service/Method)");
    }
    String service = path.substring(1, slash);
    return Status.unimplemented(
        services.contains(service)
            ? "unknown method %s of service %s".formatted(path.substring(slash + 1), service)
            : "unknown service %s".formatted(service));
  }
}

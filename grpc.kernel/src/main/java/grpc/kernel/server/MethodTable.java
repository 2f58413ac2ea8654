package grpc.kernel.server;

import grpc.api.Metadata;
import grpc.api.MethodDefinition;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.ServerCallGate;
import grpc.api.ServerInterceptor;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.api.UnknownMethodHandler;
import grpc.kernel.log.SeldomLog;
import grpc.kernel.message.MethodMarshallers;
import grpc.kernel.registry.PluginFailure;
import grpc.kernel.registry.ProviderKind;
import grpc.spi.codec.Compressor;
import grpc.spi.failure.Excerpt;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerStreamHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Finds what answers a request: by its path, then by its encoding and content-subtype. */
public final class MethodTable implements ServerStreamAcceptor {
  private static final Logger log = LoggerFactory.getLogger("grpc.server.handler");
  private static final SeldomLog PLUGINS = new SeldomLog(log, Level.ERROR);
  private static final String PROTO = "proto";

  private final ServerSettings settings;
  private final Map<String, ServedMethod<?, ?>> methods = new HashMap<>();
  private final Set<String> services = new TreeSet<>();
  private final UnknownMethodHandler fallback;
  private final Gates gates;
  private final List<ServerInterceptor> interceptors;

  /**
   * Looks every marshaller up.
   *
   * @param fallback asked for methods that no service has
   * @param gates asked before the method is looked for, in this order
   * @throws IllegalArgumentException when two services have one name
   * @throws IllegalStateException when the runtime lacks a codec, or a codec cannot carry a type
   */
  public MethodTable(
      List<ServiceDefinition> services,
      UnknownMethodHandler fallback,
      List<ServerCallGate> gates,
      List<ServerInterceptor> interceptors,
      ServerSettings settings) {
    this.settings = settings;
    this.fallback = fallback;
    this.gates = new Gates(gates, settings.handlerLoader());
    this.interceptors = List.copyOf(interceptors);
    for (var service : services) {
      if (!this.services.add(service.name())) {
        throw new IllegalArgumentException(
            "service " + service.name() + " is registered twice (expected: each name once)");
      }
      for (MethodDefinition<?, ?> definition : service.methods()) {
        methods.put(
            definition.method().path(),
            ServedMethod.of(definition, true, interceptors, settings.providers()));
      }
    }
  }

  @Override
  public ServerStreamHandler accept(ServerStream stream) {
    var method = methods.get(stream.headers().path());
    if (!gates.isEmpty()) {
      var refusal = gates.refusal(stream, method != null);
      if (refusal.isPresent()) {
        var why = refusal.get();
        return refuse(new RejectedCall(stream, why.status(), why.trailers(), Optional.empty()));
      }
    }
    return method == null ? acceptUnknown(stream) : accept(method, stream);
  }

  @Override
  public void connected(Peer client) {
    settings.observers().serverConnectionOpened(client);
  }

  @Override
  public void disconnected(Peer client, Status reason) {
    settings.observers().serverConnectionClosed(client, reason);
  }

  private <Q, R> ServerStreamHandler accept(ServedMethod<Q, R> method, ServerStream stream) {
    var request = stream.headers();
    Optional<MethodMarshallers<Q, R>> marshallers;
    try {
      marshallers = marshallers(method, request.contentSubtype());
    } catch (PluginFailure e) {
      PLUGINS.log(request.path() + ": the codec failed", e);
      return refuse(
          stream,
          Status.internal(
              "the codec of %s failed; see the server's log".formatted(request.path())));
    }
    return marshallers.isPresent()
        ? accept(method, marshallers.get(), stream)
        : refuse(
            stream,
            Status.unimplemented(
                "content-subtype '%s' for %s (expected: %s, its codec; codecs here: %s)"
                    .formatted(
                        Excerpt.of(request.contentSubtype()),
                        request.path(),
                        method.marshallers().method().codec(),
                        String.join(
                            ", ", settings.providers().table(ProviderKind.CODEC).names()))));
  }

  private <Q, R> ServerStreamHandler accept(
      ServedMethod<Q, R> method, MethodMarshallers<Q, R> marshallers, ServerStream stream) {
    String encoding = stream.headers().encoding();
    @Nullable Compressor compressor = null;
    if (!encoding.equals(RequestHeaders.IDENTITY)) {
      compressor = settings.providers().compressor(encoding).orElse(null);
      if (compressor == null) {
        return unknownEncoding(stream);
      }
    }
    return method.answer(settings, marshallers, stream, compressor);
  }

  private ServerStreamHandler acceptUnknown(ServerStream stream) {
    String path = stream.headers().path();
    if (!MethodDescriptor.isPath(path)) {
      return refuse(stream, unknown(path));
    }
    Optional<MethodDefinition<?, ?>> found;
    try {
      found = Objects.requireNonNull(find(path.substring(1)), "what it found");
    } catch (StatusException e) { // an answer, as a handler's
      log.debug("{}: {}", path, e.status());
      return refuse(
          new RejectedCall(stream, HandlerFailure.answer(path, e), e.trailers(), Optional.empty()));
    } catch (Throwable e) { // whatever it throws ends its call and nothing else
      HandlerFailures.OF_PROCESS.tell(log, path, "the fallback threw", e);
      return refuse(
          stream,
          Status.internal(
              "the fallback failed for %s; see the server's log".formatted(Excerpt.of(path))));
    }
    return found.isEmpty() ? refuse(stream, unknown(path)) : acceptFallback(found.get(), stream);
  }

  private Optional<MethodDefinition<?, ?>> find(String fullName) {
    var loader = HandlerLoader.enter(settings.handlerLoader());
    try {
      return fallback.find(fullName);
    } finally {
      HandlerLoader.leave(loader, false); // this is the thread of the connection's reader
    }
  }

  private <Q, R> ServerStreamHandler acceptFallback(
      MethodDefinition<Q, R> definition, ServerStream stream) {
    ServedMethod<Q, R> method;
    try {
      method = ServedMethod.of(definition, false, interceptors, settings.providers());
    } catch (IllegalStateException e) { // no codec, or not for its types
      String path = stream.headers().path();
      HandlerFailures.OF_PROCESS.tell(log, path, "the fallback's method cannot be served", e);
      return refuse(
          stream,
          Status.internal(
              "%s for %s; see the server's log"
                  .formatted(
                      settings
                              .providers()
                              .table(ProviderKind.CODEC)
                              .find(definition.method().codec())
                              .isEmpty()
                          ? "no codec '" + definition.method().codec() + "'"
                          : "the fallback failed",
                      Excerpt.of(path))));
    }
    return accept(method, method.marshallers(), stream);
  }

  /** Those of the method's codec, or of the client's choice where this runtime can do it. */
  private <Q, R> Optional<MethodMarshallers<Q, R>> marshallers(
      ServedMethod<Q, R> method, String subtype) {
    var own = method.marshallers();
    if (subtype.isEmpty() || subtype.equals(own.method().codec())) {
      return Optional.of(own);
    }
    if (settings.providers().table(ProviderKind.CODEC).find(subtype).isPresent()) {
      try {
        return Optional.of(MethodMarshallers.of(own.method(), subtype, settings.providers()));
      } catch (PluginFailure e) {
        throw e;
      } catch (IllegalStateException e) {
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
                .formatted(
                    Excerpt.of(request.encoding()),
                    accepted.isEmpty() ? "" : " or one of " + accepted));
    var headers =
        ResponseHeaders.of(
            request.contentSubtype(), RequestHeaders.IDENTITY, accepted, Metadata.EMPTY);
    return refuse(new RejectedCall(stream, status, Metadata.EMPTY, Optional.of(headers)));
  }

  private ServerStreamHandler refuse(ServerStream stream, Status status) {
    return refuse(new RejectedCall(stream, status, Metadata.EMPTY, Optional.empty()));
  }

  private ServerStreamHandler refuse(RejectedCall refusal) {
    var stream = refusal.stream();
    settings
        .observers()
        .refused(fullName(stream.headers().path()), stream.peer(), refusal.status());
    return refusal;
  }

  /** {@return the path without its slash, where it has one} */
  static String fullName(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private Status unknown(String path) {
    if (!MethodDescriptor.isPath(path)) {
      return Status.unimplemented(
          "malformed path '" + Excerpt.of(path) + "' (expected: /package.Service/Method)");
    }
    int slash = path.lastIndexOf('/');
    String service = path.substring(1, slash);
    return Status.unimplemented(
        services.contains(service)
            ? "unknown method %s of service %s"
                .formatted(Excerpt.of(path.substring(slash + 1)), service)
            : "unknown service %s".formatted(Excerpt.of(service)));
  }
}

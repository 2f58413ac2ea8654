package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.Attributes;
import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.api.ClientCall;
import grpc.api.ClientInterceptor;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.ServerCall;
import grpc.api.ServerCredentials;
import grpc.api.ServerInterceptor;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.api.UnaryResponse;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(50)
class InterceptorsTest {
  private static final Attributes.Key<String> USER = Attributes.Key.of("user");

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  /** Notes each call that it sees, and adds metadata. */
  private record Client(String name, BlockingQueue<String> seen) implements ClientInterceptor {
    @Override
    public <Q, R> UnaryResponse<R> interceptUnary(
        MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
      seen.add(name);
      return next.unary(method, request, options.withMetadata(Echo.TEXT, name));
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptStream(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      seen.add(name);
      return next.call(method, options.withMetadata(Echo.TEXT, name));
    }
  }

  /** Notes each call that it sees with the metadata that came, before and after its handler. */
  private record Log(String name, BlockingQueue<String> seen) implements ServerInterceptor {
    @Override
    public <Q, R> R interceptUnary(
        MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
        throws Exception {
      seen.add(name + context.metadata().all(Echo.TEXT));
      return next.handle(request, context);
    }

    @Override
    public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
        throws Exception {
      seen.add(name + call.context().metadata().all(Echo.TEXT));
      next.handle(call);
    }
  }

  /** Refuses requests without metadata, tells the handler who calls otherwise. */
  private static <Q, R> R authenticate(
      MethodDescriptor<Q, R> method,
      Q request,
      CallContext context,
      ServerInterceptor.UnaryNext<Q, R> next)
      throws Exception {
    var user = context.metadata().find(Echo.TEXT);
    if (user.isEmpty()) {
      throw Status.of(StatusCode.UNAUTHENTICATED, "who are you?").asException();
    }
    context.responseTrailers(Metadata.of(Echo.TEXT, "bye " + user.get()));
    return next.handle(request, context.with(USER, user.get()));
  }

  private static final ServerInterceptor AUTHENTICATE =
      ServerInterceptor.unaryOnly(InterceptorsTest::authenticate);

  private Client client(String name) {
    return new Client(name, seen);
  }

  private Log log(String name) {
    return new Log(name, seen);
  }

  /** A way to call a method, by one of the channel's own methods. */
  private record Way(String name, String answer, Function<Channel, String> call) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Way> everyWayToCall() {
    var none = CallOptions.DEFAULT;
    return Stream.of(
        new Way("unary", "echo:x", c -> text(c.unary(Echo.UNARY, bytes("x"), none).message())),
        new Way(
            "unaryAsync", "echo:x", c -> text(c.unaryAsync(Echo.UNARY, bytes("x"), none).join())),
        new Way(
            "serverStreaming",
            "x",
            c -> {
              try (var responses = c.serverStreaming(Echo.SPLIT, bytes("x"), none)) {
                return text(responses.receive().orElseThrow());
              }
            }),
        new Way(
            "clientStreaming",
            "x",
            c -> {
              try (var requests = c.clientStreaming(Echo.JOIN, none)) {
                requests.send(bytes("x"));
                return text(requests.finish());
              }
            }),
        new Way(
            "bidiStreaming",
            "x",
            c -> {
              try (var chat = c.bidiStreaming(Echo.CHAT, none)) {
                chat.send(bytes("x"));
                return text(chat.receive().orElseThrow());
              }
            }),
        new Way(
            "call",
            "x",
            c -> {
              try (var call = c.call(Echo.CHAT, none)) {
                call.start();
                call.send(bytes("x"));
                return text(call.receive().orElseThrow());
              }
            }));
  }

  private String next() throws InterruptedException {
    return Optional.ofNullable(seen.poll(20, TimeUnit.SECONDS)).orElse("no interceptor");
  }

  @ParameterizedTest
  @MethodSource("everyWayToCall")
  void interceptorsOfBothSidesSeeEachKindByEveryMethodOfTheChannel(Way way) throws Exception {
    try (var link =
        Link.open(
            s -> s.intercept(log("first"), log("second")),
            c -> c.intercept(client("a"), client("b")))) {
      assertEquals(way.answer, way.call.apply(link.channel()));
      assertEquals("a", next(), "the first one added is the outermost");
      assertEquals("b", next());
      assertEquals("first[a, b]", next());
      assertEquals("second[a, b]", next());
    }
    assertEquals(List.of(), List.copyOf(seen));
  }

  @ParameterizedTest
  @MethodSource("everyWayToCall")
  void adaptersLetTheOtherKindsPass(Way way) {
    var a = client("unary");
    var b = client("stream");
    var first = log("unary");
    var second = log("stream");
    try (var link =
        Link.open(
            s ->
                s.intercept(
                    ServerInterceptor.unaryOnly(first::interceptUnary),
                    ServerInterceptor.streamsOnly(second::interceptStream)),
            c ->
                c.intercept(
                    ClientInterceptor.unaryOnly(a::interceptUnary),
                    ClientInterceptor.streamsOnly(b::interceptStream)))) {
      assertEquals(way.answer, way.call.apply(link.channel()));
    }
    var kind = way.name.startsWith("unary") ? "unary" : "stream";
    assertEquals(List.of(kind, kind + "[" + kind + "]"), List.copyOf(seen));
  }

  @ParameterizedTest
  @MethodSource("everyWayToCall")
  void optionsOfEveryCallCanBeChangedByOneLambda(Way way) {
    var methods = new ArrayList<MethodDescriptor<?, ?>>();
    try (var link =
        Link.open(
            s -> s.intercept(log("server")),
            c ->
                c.intercept(
                    ClientInterceptor.mapOptions((method, options) -> {
                      methods.add(method);
                      return options.withMetadata(Echo.TEXT, "mapped");
                    })))) {
      assertEquals(way.answer, way.call.apply(link.channel()));
    }
    assertEquals(List.of("server[mapped]"), List.copyOf(seen));
    assertEquals(1, methods.size());
  }

  @Test
  void unaryInterceptorsChangeContextMetadataAndTrailers() {
    var address = InProcessAddress.unique();
    var service =
        ServiceDefinition.builder("test.Echo")
            .unary(
                Echo.UNARY,
                request -> bytes(CallContext.current().attributes().find(USER).orElseThrow()))
            .build();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(service)
                .intercept(AUTHENTICATE)
                .start();
        var channel =
            GrpcChannel.builder(address, ChannelCredentials.plaintext())
                .intercept(client("a"), client("c"))
                .open()) {
      assertEquals(1, server.services().size());
      var response = channel.unary(Echo.UNARY, bytes(""), CallOptions.DEFAULT);
      assertEquals("c", text(response.message()), "the innermost set the last value");
      assertEquals("bye c", response.trailers().find(Echo.TEXT).orElseThrow());
    }
  }

  @Test
  void serverInterceptorMayEndTheCall() {
    try (var link = Link.open(s -> s.intercept(AUTHENTICATE), c -> c)) {
      var e =
          assertThrows(
              StatusException.class,
              () -> link.channel().unary(Echo.UNARY, bytes(""), CallOptions.DEFAULT));
      assertEquals(StatusCode.UNAUTHENTICATED, e.code());
    }
  }
}

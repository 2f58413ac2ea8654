package grpc.kernel;

import static grpc.kernel.BuilderOption.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallContext;
import grpc.api.MethodDescriptor;
import grpc.api.ServerCallGate;
import grpc.api.ServerCallGate.Decision;
import grpc.api.ServerCredentials;
import grpc.api.ServerInterceptor;
import grpc.api.ServiceDefinition;
import grpc.api.UnknownMethodHandler;
import grpc.kernel.server.ServerSettings;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.InboundMemory;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.PingPolicy;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.TransportProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each choice of a server's builder is what the kernel gets. */
class ServerOptionsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final InetSocketAddress FIRST = new InetSocketAddress("127.0.0.1", 1);
  private static final InetSocketAddress OTHER = new InetSocketAddress("127.0.0.1", 2);
  private static final GrpcRuntime RUNTIME = GrpcRuntime.builder().add(new Fake("one")).build();
  private static final GrpcRuntime TWO =
      GrpcRuntime.builder().add(new Fake("one")).add(new Fake("two")).build();
  private static final ServiceDefinition SERVICE = ServiceDefinition.builder("test.Some").build();
  private static final UnknownMethodHandler FALLBACK = name -> Optional.empty();
  private static final ServerCallGate GATE = call -> Decision.admit();
  private static final Observer OBSERVER = () -> "observer";
  private static final AtomicInteger DRAINS = new AtomicInteger();
  private static final ServerInterceptor INTERCEPTOR =
      ServerInterceptor.unaryOnly(ServerOptionsTest::handle);

  private static <Q, R> R handle(
      MethodDescriptor<Q, R> method,
      Q request,
      CallContext context,
      ServerInterceptor.UnaryNext<Q, R> next)
      throws Exception {
    return next.handle(request, context);
  }

  /** A transport that does not listen. */
  private record Fake(String name) implements TransportProvider {
    @Override
    public boolean supports(SocketAddress address) {
      return true;
    }

    @Override
    public ClientTransport connect(
        Address address, ClientTransportOptions options, ClientTransport.Listener listener) {
      throw new UnsupportedOperationException("no clients here");
    }

    @Override
    public ServerTransport listen(
        SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor methods) {
      return new Asked(name, address, options, methods);
    }
  }

  /** What a transport was asked for. */
  private record Asked(
      String transport,
      SocketAddress localAddress,
      ServerTransportOptions options,
      ServerStreamAcceptor methods)
      implements ServerTransport {
    @Override
    public void drain() {}

    @Override
    public boolean awaitClosed(Duration timeout) {
      return true;
    }

    @Override
    public void close() {}
  }

  private static final InboundMemory MEMORY = InboundMemory.ofBytes(4);

  private static final Map<String, BuilderOption<GrpcServerBuilder, GrpcServer>> OPTIONS =
      new TreeMap<>(
          Map.ofEntries(
              ofSettings(
                  "runtime[GrpcRuntime]",
                  b -> b.runtime(TWO).transport("one"),
                  ServerSettings::providers,
                  TWO.registry()),
              option(
                  "listen[int, ServerCredentials]",
                  b -> b.listen(3, ServerCredentials.plaintext()),
                  GrpcServer::addresses,
                  List.of(FIRST, new InetSocketAddress(3)),
                  b -> b.listen(-1, ServerCredentials.plaintext()),
                  b -> b.listen(65_536, ServerCredentials.plaintext())),
              option(
                  "listen[SocketAddress, ServerCredentials]",
                  b -> b.listen(OTHER, ServerCredentials.plaintext()),
                  GrpcServer::addresses,
                  List.of(FIRST, OTHER),
                  b ->
                      b.listen(
                          InetSocketAddress.createUnresolved("no.such.host", 1),
                          ServerCredentials.plaintext())),
              option(
                  "transport[String]",
                  b -> b.runtime(TWO).transport("two"),
                  server -> asked(server).transport,
                  "two"),
              option(
                  "service[Service]",
                  b -> b.service(SERVICE),
                  GrpcServer::services,
                  List.of(SERVICE)),
              ofMethods(
                  "fallback[UnknownMethodHandler]",
                  b -> b.fallback(FALLBACK),
                  "fallback",
                  FALLBACK),
              option(
                  "gate[ServerCallGate[]]",
                  b -> b.gate(GATE),
                  server -> field(field(asked(server).methods, "gates"), "gates"),
                  List.of(GATE)),
              ofMethods(
                  "intercept[ServerInterceptor[]]",
                  b -> b.intercept(INTERCEPTOR),
                  "interceptors",
                  List.of(INTERCEPTOR)),
              ofSettings(
                  "observe[Observer]",
                  b -> b.observe(OBSERVER),
                  settings -> field(settings.observers(), "all"),
                  List.of(OBSERVER)),
              ofSettings(
                  "maxReceiveMessageSize[int]",
                  b -> b.maxReceiveMessageSize(7),
                  ServerSettings::maxReceiveMessageSize,
                  7,
                  b -> b.maxReceiveMessageSize(0)),
              ofSettings(
                  "maxSendMessageSize[int]",
                  b -> b.maxSendMessageSize(7),
                  ServerSettings::maxSendMessageSize,
                  7,
                  b -> b.maxSendMessageSize(0)),
              ofOptions(
                  "maxConcurrentStreams[int]",
                  b -> b.maxConcurrentStreams(7),
                  ServerTransportOptions::maxConcurrentStreams,
                  7,
                  b -> b.maxConcurrentStreams(0)),
              ofOptions(
                  "maxHeaderListSize[int]",
                  b -> b.maxHeaderListSize(7),
                  ServerTransportOptions::maxHeaderListSize,
                  7,
                  b -> b.maxHeaderListSize(0)),
              ofOptions(
                  "inboundMemory[InboundMemory]",
                  b -> b.inboundMemory(MEMORY),
                  ServerTransportOptions::memory,
                  MEMORY),
              ofOptions(
                  "keepalive[Keepalive]",
                  b -> b.keepalive(Keepalive.every(SECOND).withTimeout(SECOND)),
                  ServerTransportOptions::keepalive,
                  Keepalive.every(SECOND).withTimeout(SECOND).evenWithoutCalls()),
              ofOptions(
                  "permitKeepalive[PingPolicy]",
                  b -> b.permitKeepalive(PingPolicy.atMostEvery(SECOND).evenWithoutCalls()),
                  ServerTransportOptions::pingPolicy,
                  PingPolicy.atMostEvery(SECOND).evenWithoutCalls()),
              ofOptions(
                  "maxConnectionIdle[Duration]",
                  b -> b.maxConnectionIdle(SECOND),
                  options -> options.age().maxIdle(),
                  SECOND,
                  b -> b.maxConnectionIdle(Duration.ZERO)),
              ofOptions(
                  "maxConnectionAge[Duration]",
                  b -> b.maxConnectionAge(SECOND),
                  options -> options.age().maxAge(),
                  SECOND,
                  b -> b.maxConnectionAge(Duration.ZERO)),
              ofOptions(
                  "maxConnectionAgeGrace[Duration]",
                  b -> b.maxConnectionAgeGrace(SECOND),
                  options -> options.age().grace(),
                  SECOND,
                  b -> b.maxConnectionAgeGrace(Duration.ZERO)),
              option(
                  "onDrain[Runnable]",
                  b -> b.onDrain(DRAINS::incrementAndGet),
                  ServerOptionsTest::drains,
                  1)));

  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  private static Map.Entry<String, BuilderOption<GrpcServerBuilder, GrpcServer>> option(
      String signature,
      UnaryOperator<GrpcServerBuilder> choice,
      Function<GrpcServer, Object> read,
      Object expected,
      UnaryOperator<GrpcServerBuilder>... bad) {
    return Map.entry(signature, new BuilderOption<>(choice, read, expected, List.of(bad)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  private static Map.Entry<String, BuilderOption<GrpcServerBuilder, GrpcServer>> ofSettings(
      String signature,
      UnaryOperator<GrpcServerBuilder> choice,
      Function<ServerSettings, Object> read,
      Object expected,
      UnaryOperator<GrpcServerBuilder>... bad) {
    return option(
        signature,
        choice,
        server -> read.apply((ServerSettings) field(asked(server).methods, "settings")),
        expected,
        bad);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  private static Map.Entry<String, BuilderOption<GrpcServerBuilder, GrpcServer>> ofOptions(
      String signature,
      UnaryOperator<GrpcServerBuilder> choice,
      Function<ServerTransportOptions, Object> read,
      Object expected,
      UnaryOperator<GrpcServerBuilder>... bad) {
    return option(signature, choice, server -> read.apply(asked(server).options), expected, bad);
  }

  private static Map.Entry<String, BuilderOption<GrpcServerBuilder, GrpcServer>> ofMethods(
      String signature, UnaryOperator<GrpcServerBuilder> choice, String field, Object expected) {
    return option(signature, choice, server -> field(asked(server).methods, field), expected);
  }

  private static int drains(GrpcServer server) {
    int before = DRAINS.get();
    server.drain();
    return DRAINS.get() - before;
  }

  private static Asked asked(GrpcServer server) {
    return (Asked) ((List<?>) field(server, "transports")).getFirst();
  }

  private static GrpcServerBuilder builder() {
    return GrpcServer.builder().runtime(RUNTIME).listen(FIRST, ServerCredentials.plaintext());
  }

  private static GrpcServer built(UnaryOperator<GrpcServerBuilder> choice) {
    return choice.apply(builder()).start();
  }

  static Stream<String> options() {
    return OPTIONS.keySet().stream();
  }

  @Test
  void eachChoiceHasATestHere() {
    assertEquals(BuilderOption.offered(GrpcServerBuilder.class).keySet(), OPTIONS.keySet());
  }

  @ParameterizedTest
  @MethodSource("options")
  void choiceReachesTheKernelAndBadValuesAreRefused(String signature) {
    Objects.requireNonNull(OPTIONS.get(signature)).verify(ServerOptionsTest::built, builder());
  }

  @ParameterizedTest
  @MethodSource("options")
  void nullIsRefusedWhereItIsGiven(String signature) {
    var method = BuilderOption.offered(GrpcServerBuilder.class).get(signature);
    BuilderOption.verifyThatNullIsRefused(Objects.requireNonNull(method), builder());
  }
}

package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.ConnectivityState;
import grpc.api.Server;
import grpc.api.ServerCredentials;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import grpc.resolver.manual.ManualResolver;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.TransportProvider;
import grpc.transport.inprocess.InProcessAddress;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever method of a plugin throws: calls say whose it is, and the channel lives on. */
@Timeout(30)
class PluginsThatThrowTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String FAULTY = "{\"loadBalancingConfig\": [{\"faulty\": {}}]}";

  private final InProcessAddress address = InProcessAddress.unique();
  private final ManualResolver resolver = new ManualResolver("test");
  private Server server = serve(address);

  PluginsThatThrowTest() {
    resolver.updateWithConfig(FAULTY, address);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Server serve(InProcessAddress address) {
    return GrpcServer.builder()
        .listen(address, ServerCredentials.plaintext())
        .service(new Echo("echo").definition())
        .start();
  }

  /** {@return a provider of the test's module path} */
  static <P> P found(Class<P> kind, Function<P, String> name, String wanted) {
    return ServiceLoader.load(PluginsThatThrowTest.class.getModule().getLayer(), kind).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> name.apply(provider).equals(wanted))
        .findFirst()
        .orElseThrow();
  }

  /** {@return the provider of pick_first} */
  static BalancerProvider<?> pickFirst() {
    return found(BalancerProvider.class, provider -> provider.policyName(), "pick_first");
  }

  private static GrpcRuntime runtime(Fault fault) {
    return GrpcRuntime.builder()
        .layer(PluginsThatThrowTest.class.getModule().getLayer())
        .add(new FaultyBalancer<>(pickFirst(), fault))
        .add(new FaultyCodec(found(Codec.class, Codec::name, "raw"), fault))
        .add(
            new FaultyCodec.FaultyCompressor(
                found(Compressor.class, Compressor::encoding, "gzip"), fault))
        .add(
            new FaultyTransport(
                found(TransportProvider.class, TransportProvider::name, "inprocess"), fault))
        .build();
  }

  private GrpcChannel open(Fault fault) {
    return GrpcChannel.builder("test:servers", ChannelCredentials.plaintext())
        .runtime(runtime(fault))
        .resolver(new FaultyResolver(resolver, fault))
        .open();
  }

  private static String ask(GrpcChannel channel, CallOptions options) {
    return text(channel.unary(Echo.UNARY, bytes("hi"), options).message());
  }

  private static CallOptions options() {
    return CallOptions.timeout(PATIENCE).withCompressor("gzip");
  }

  private static void assertFails(GrpcChannel channel, String place) {
    assertFailsWith(channel, "a bug at " + place);
  }

  private static void assertFailsWith(GrpcChannel channel, String problem) {
    var e = assertThrows(StatusException.class, () -> ask(channel, options()));
    assertEquals(StatusCode.INTERNAL, e.code(), e::toString);
    String message = e.status().message();
    assertTrue(message.contains("integration.Faulty"), message);
    assertTrue(message.contains(" in integration"), message);
    assertTrue(message.contains(problem), message);
  }

  private void assertNewChannelWorks() {
    try (var channel = open(new Fault(""))) {
      assertEquals("echo:hi", ask(channel, options()));
    }
  }

  private void assertAnotherServerAnswers(GrpcChannel channel) {
    try (var other = serve(InProcessAddress.unique())) {
      resolver.updateWithConfig(FAULTY, other.addresses().getFirst());
      assertEquals("echo:hi", ask(channel, options().withWaitForReady(true)));
    }
  }

  /** The next resolution is another chance for a plugin that has been made. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "BalancerProvider.parseConfig",
        "Balancer.accept",
        "SubConn.Listener.changed",
        "Picker.pick",
        "ClientTransport.newStream",
        "Codec.marshaller",
        "Marshaller.marshal",
        "Marshaller.unmarshal",
        "Compressor.compress",
        "Compressor.decompress"
      })
  void callsFailUntilItIsMended(String place) {
    var fault = new Fault(place);
    try (var channel = open(fault)) {
      assertFails(channel, place);
      assertNewChannelWorks();
      fault.mend();
      assertAnotherServerAnswers(channel);
    }
  }

  /** Null is as bad as an exception, and is told at the border, with what was expected. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "its configuration",
        "its answer",
        "the state of an update",
        "the picker of an update",
        "its result",
        "subConn"
      })
  void callsFailOfNullUntilItIsMended(String what) {
    var fault = new Fault(what);
    try (var channel = open(fault)) {
      assertFailsWith(channel, "NullPointerException: " + what + " (");
      assertNewChannelWorks();
      fault.mend();
      assertAnotherServerAnswers(channel);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"its balancer", "its resolver"})
  void callsFailOfAPluginThatMakesNull(String what) {
    try (var channel = open(new Fault(what))) {
      assertFailsWith(channel, "NullPointerException: " + what + " (");
      assertFailsWith(channel, "NullPointerException: " + what + " (");
      assertNewChannelWorks();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ResolverProvider.create",
        "Resolver.start",
        "BalancerProvider.create",
        "TransportProvider.supports",
        "TransportProvider.connect"
      })
  void callsFailAndNewChannelsWork(String place) {
    try (var channel = open(new Fault(place))) {
      assertFails(channel, place);
      assertFails(channel, place);
      assertNewChannelWorks();
    }
  }

  @Test
  void balancerThatThrowsOfAFailedResolution() throws InterruptedException {
    var fault = new Fault("");
    try (var channel = open(fault)) {
      assertEquals("echo:hi", ask(channel, options()));
      fault.moveTo("Balancer.resolverFailed");
      resolver.fail(Status.unavailable("registry down"));
      channel.awaitChange(ConnectivityState.READY, PATIENCE);
      assertFails(channel, "Balancer.resolverFailed");
    }
  }

  @Test
  void balancerThatThrowsWhenAskedToConnect() throws InterruptedException {
    var fault = new Fault("");
    try (var channel = open(fault)) {
      assertEquals("echo:hi", ask(channel, options()));
      fault.moveTo("Balancer.exitIdle");
      channel.connect();
      channel.awaitChange(ConnectivityState.READY, PATIENCE);
      assertFails(channel, "Balancer.exitIdle");
    }
  }

  @Test
  void callsThatHaveEndedAreNotUndone() throws InterruptedException {
    var fault = new Fault("onDone");
    try (var channel = open(fault)) {
      assertEquals("echo:hi", ask(channel, options()));
      fault.awaitMet();
      assertEquals("echo:hi", ask(channel, options()));
    }
  }

  @Test
  void resolverThatThrowsOfAHintLeavesConnectionsAlone() throws InterruptedException {
    var fault = new Fault("Resolver.resolveNow");
    try (var channel = open(fault)) {
      assertEquals("echo:hi", ask(channel, options()));
      server.close();
      fault.awaitMet();
      server = serve(address);
      assertEquals("echo:hi", ask(channel, options().withWaitForReady(true)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Resolver.close", "Balancer.close"})
  void channelClosesItsConnectionsAllTheSame(String place) throws InterruptedException {
    var fault = new Fault(place);
    try (var channel = open(fault)) {
      assertEquals("echo:hi", ask(channel, options()));
    }
    fault.awaitMet();
    assertTrue(server.shutdown(PATIENCE), "a connection was left open");
    server = serve(address);
    assertNewChannelWorks();
  }

  @Test
  void serverWhoseTransportThrowsDoesNotStart() {
    var builder =
        GrpcServer.builder()
            .runtime(runtime(new Fault("TransportProvider.listen")))
            .listen(InProcessAddress.unique(), ServerCredentials.plaintext());
    var e = assertThrows(IllegalStateException.class, builder::start);
    assertTrue(e.toString().contains("integration.FaultyTransport in integration"), e::toString);
  }
}

package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.Server;
import grpc.api.ServerCredentials;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.resolver.manual.ManualResolver;
import grpc.spi.resolver.ResolverState;
import grpc.transport.inprocess.InProcessAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ChoosingBackendsTest {
  private final List<Server> servers = new ArrayList<>();
  private final ManualResolver resolver = new ManualResolver("test");

  private SocketAddress serve(String name) {
    var address = InProcessAddress.unique();
    serve(name, address);
    return address;
  }

  private void serve(String name, SocketAddress address) {
    servers.add(
        GrpcServer.builder()
            .listen(address, ServerCredentials.plaintext())
            .service(new Echo(name).definition())
            .start());
  }

  private GrpcChannel open(String policy) {
    return GrpcChannel.builder("test:servers", ChannelCredentials.plaintext())
        .resolver(resolver)
        .balancingPolicy(policy)
        .open();
  }

  private static String ask(GrpcChannel channel) {
    var options = CallOptions.timeout(Duration.ofSeconds(10));
    return text(channel.unary(Echo.UNARY, bytes(""), options).message());
  }

  @AfterEach
  void closeServers() {
    servers.forEach(Server::close);
  }

  @Test
  void pickFirstPassesOverTheDead() {
    resolver.update(InProcessAddress.unique(), serve("a"), serve("b"));
    try (var channel = open("pick_first")) {
      for (int i = 0; i < 10; i++) {
        assertEquals("a:", ask(channel));
      }
    }
  }

  @Test
  void pickFirstReconnectsWhenItsServerIsGone() {
    resolver.update(serve("a"), serve("b"));
    try (var channel = open("pick_first")) {
      assertEquals("a:", ask(channel));
      servers.getFirst().close();
      var waiting = CallOptions.timeout(Duration.ofSeconds(10)).withWaitForReady(true);
      assertEquals("b:", text(channel.unary(Echo.UNARY, bytes(""), waiting).message()));
    }
  }

  @Test
  void roundRobinSharesCallsEqually() {
    resolver.update(serve("a"), serve("b"), serve("c"));
    try (var channel = open("round_robin")) {
      while (!allThreeAnswer(channel)) {} // until all have connected; each look waits for calls
      Map<String, Integer> counts = new TreeMap<>();
      IntStream.range(0, 300).forEach(i -> counts.merge(ask(channel), 1, Integer::sum));
      assertEquals(Map.of("a:", 100, "b:", 100, "c:", 100), counts);
    }
  }

  private static boolean allThreeAnswer(GrpcChannel channel) {
    return IntStream.range(0, 3).mapToObj(i -> ask(channel)).distinct().count() == 3;
  }

  @Test
  void updateWhileTheChannelRunsMovesIt() {
    resolver.update(serve("a"));
    try (var channel = open("round_robin")) {
      assertEquals("a:", ask(channel));
      resolver.update(serve("b"));
      while (!ask(channel).equals("b:")) {} // each look waits for a call
    }
  }

  @Test
  void callsWaitForTheFirstResolution() throws Exception {
    try (var channel = open("pick_first")) {
      var answer = new FutureTask<>(() -> ask(channel));
      Thread.ofVirtual().start(answer);
      resolver.update(serve("late"));
      assertEquals("late:", answer.get());
    }
  }

  @Test
  void callFailsAtOnceUnlessItWaitsForReady() throws Exception {
    var address = InProcessAddress.unique();
    resolver.update(address);
    try (var channel = open("pick_first")) {
      var e = assertThrows(StatusException.class, () -> ask(channel));
      assertEquals(StatusCode.UNAVAILABLE, e.code());
      assertTrue(e.status().message().contains("nothing listens on"), e.getMessage());
      var waiting = CallOptions.timeout(Duration.ofSeconds(10)).withWaitForReady(true);
      var answer =
          new FutureTask<>(() -> text(channel.unary(Echo.UNARY, bytes(""), waiting).message()));
      Thread.ofVirtual().start(answer);
      serve("late", address);
      assertEquals("late:", answer.get()); // after the first connection backoff of one second
    }
  }

  @Test
  void waitForReadyEndsAtItsDeadline() {
    resolver.update(InProcessAddress.unique());
    try (var channel = open("pick_first")) {
      var waiting = CallOptions.timeout(Duration.ofMillis(50)).withWaitForReady(true);
      var e =
          assertThrows(StatusException.class, () -> channel.unary(Echo.UNARY, bytes(""), waiting));
      assertEquals(StatusCode.DEADLINE_EXCEEDED, e.code());
    }
  }

  @Test
  void resolverStatusOfAnApplicationBecomesInternal() {
    resolver.update(ResolverState.failed(Status.notFound("no such name")));
    try (var channel = open("pick_first")) {
      assertEquals(
          StatusCode.INTERNAL, assertThrows(StatusException.class, () -> ask(channel)).code());
    }
  }

  @Test
  void serviceConfigChoosesPolicyAndTimeout() {
    var a = serve("a");
    resolver.update(a, serve("b"));
    var json =
        """
        {"loadBalancingConfig": [{"unheard_of": {}}, {"round_robin": {}}],
         "methodConfig": [{"name": [{"service": "test.Echo", "method": "Wait"}], "timeout": "0.05s"}]}
        """;
    try (var channel =
        GrpcChannel.builder("test:x", ChannelCredentials.plaintext())
            .resolver(resolver)
            .defaultServiceConfig(json)
            .open()) {
      while (ask(channel).equals(ask(channel))) {} // each look waits for calls
      var e =
          assertThrows(
              StatusException.class,
              () -> channel.unary(Echo.WAIT, bytes(""), CallOptions.DEFAULT));
      assertEquals(StatusCode.DEADLINE_EXCEEDED, e.code());
    }
  }

  @Test
  void targetThatNamesNobodyReachesServersOverTcp() {
    serve("a", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    resolver.update(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), servers.getFirst().port()));
    try (var channel =
        GrpcChannel.builder("test:///", ChannelCredentials.plaintext()).resolver(resolver).open()) {
      assertEquals("a:", ask(channel));
    }
  }
}

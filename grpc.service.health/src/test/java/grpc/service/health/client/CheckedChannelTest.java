package grpc.service.health.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.ConnectivityState;
import grpc.api.ConnectivityState.TransientFailure;
import grpc.api.ServerCredentials;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.resolver.manual.ManualResolver;
import grpc.service.health.Health;
import grpc.service.health.proto.HealthCheckRequest;
import grpc.service.health.proto.HealthCheckResponse.ServingStatus;
import grpc.service.health.proto.HealthClient;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels over TCP that ask our health service, and grpc-java's. */
@Timeout(60)
class CheckedChannelTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CHECKED =
      """
      {"loadBalancingConfig": [{"round_robin": {}}],
       "healthCheckConfig": {"serviceName": "a.B"}}\
      """;
  private static final HealthCheckRequest WHOLE_SERVER = HealthCheckRequest.getDefaultInstance();

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static GrpcChannel channel(SocketAddress... servers) {
    var resolver = new ManualResolver("servers");
    resolver.updateWithConfig(CHECKED, servers);
    return GrpcChannel.builder("servers:all", ChannelCredentials.plaintext())
        .resolver(resolver)
        .open();
  }

  private static ConnectivityState settled(GrpcChannel channel) throws InterruptedException {
    channel.connect();
    var state = channel.state();
    while (state.equals(ConnectivityState.IDLE) || state.equals(ConnectivityState.CONNECTING)) {
      var next = channel.awaitChange(state, PATIENCE);
      assertTrue(!next.equals(state), "still " + state);
      state = next;
    }
    return state;
  }

  @Test
  void callsFollowTheHealthOfOurServer() throws InterruptedException {
    var health = new Health();
    health.set("a.B", ServingStatus.NOT_SERVING);
    try (var server =
            GrpcServer.builder()
                .listen(anyPort(), ServerCredentials.plaintext())
                .service(health)
                .start();
        var channel = channel(server.addresses().getFirst())) {
      var sick = assertInstanceOf(TransientFailure.class, settled(channel));
      assertTrue(sick.status().message().contains("NOT_SERVING"), sick::toString);
      var client = new HealthClient(channel);
      var e = assertThrows(StatusException.class, () -> client.check(WHOLE_SERVER));
      assertEquals(StatusCode.UNAVAILABLE, e.code());

      health.set("a.B", ServingStatus.SERVING);
      assertEquals(ConnectivityState.READY, channel.awaitChange(sick, PATIENCE));
      assertEquals(ServingStatus.SERVING, client.check(WHOLE_SERVER).getStatus());
    }
  }

  @Test
  void healthyServerGetsTheCallsOfTheUnhealthyOne() {
    var sick = new Health();
    sick.set("a.B", ServingStatus.NOT_SERVING);
    sick.set("sick", ServingStatus.SERVING);
    var well = new Health();
    well.set("a.B", ServingStatus.SERVING);
    well.set("well", ServingStatus.SERVING);
    var asked = HealthCheckRequest.newBuilder().setService("well").build();
    try (var one =
            GrpcServer.builder()
                .listen(anyPort(), ServerCredentials.plaintext())
                .service(sick)
                .start();
        var other =
            GrpcServer.builder()
                .listen(anyPort(), ServerCredentials.plaintext())
                .service(well)
                .start();
        var channel = channel(one.addresses().getFirst(), other.addresses().getFirst())) {
      var client =
          new HealthClient(channel).with(CallOptions.timeout(PATIENCE).withWaitForReady(true));
      for (int i = 0; i < 20; i++) {
        assertEquals(ServingStatus.SERVING, client.check(asked).getStatus());
      }
    }
  }

  @Test
  void drainingServerIsLeftBeforeItRefuses() throws InterruptedException {
    var health = new Health();
    health.set("a.B", ServingStatus.SERVING);
    try (var server =
            GrpcServer.builder()
                .listen(anyPort(), ServerCredentials.plaintext())
                .service(health)
                .onDrain(health::stop)
                .start();
        var channel = channel(server.addresses().getFirst())) {
      assertEquals(ConnectivityState.READY, settled(channel));
      // the watch is a stream like others; that it ends lets the server end
      assertTrue(server.shutdown(PATIENCE), "the watch keeps the server from ending");
    }
  }

  @Test
  void serverOfGrpcJavaWithoutHealthServiceCountsAsHealthy() throws Exception {
    try (var server = new JavaServer(NettyServerBuilder.forAddress(anyPort()).build());
        var channel = channel(server.address())) {
      assertEquals(ConnectivityState.READY, settled(channel));
    }
  }

  @Test
  void callsFollowTheHealthOfGrpcJavasServer() throws Exception {
    var health = new HealthStatusManager();
    try (var server =
            new JavaServer(
                NettyServerBuilder.forAddress(anyPort())
                    .addService(health.getHealthService())
                    .build());
        var channel = channel(server.address())) {
      var unknown = assertInstanceOf(TransientFailure.class, settled(channel));
      assertTrue(unknown.status().message().contains("SERVICE_UNKNOWN"), unknown::toString);
      health.setStatus("a.B", io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING);
      assertEquals(ConnectivityState.READY, channel.awaitChange(unknown, PATIENCE));
      assertEquals(
          ServingStatus.SERVING, new HealthClient(channel).check(WHOLE_SERVER).getStatus());
      health.enterTerminalState();
      var ended =
          assertInstanceOf(
              TransientFailure.class, channel.awaitChange(ConnectivityState.READY, PATIENCE));
      assertTrue(ended.status().message().contains("NOT_SERVING"), ended::toString);
    }
  }

  private record JavaServer(Server server) implements AutoCloseable {
    JavaServer(Server server) {
      this.server = server;
      try {
        server.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    SocketAddress address() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    @Override
    public void close() {
      server.shutdownNow();
      try {
        assertTrue(server.awaitTermination(30, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

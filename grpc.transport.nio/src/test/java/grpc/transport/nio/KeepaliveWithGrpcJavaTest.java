package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.StatusCode;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.PingPolicy;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keepalive between us and grpc-java, in both directions. */
@ExtendWith(LeakCheck.class)
class KeepaliveWithGrpcJavaTest {
  private static ServerTransport serve(PingPolicy policy) throws IOException {
    return new NioTransportProvider()
        .listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
                .maxConcurrentStreams(10)
                .maxHeaderListSize(8192)
                .handshakeTimeout(Duration.ofSeconds(10))
                .pingPolicy(policy)
                .memory(ServerWire.MEMORY)
                .build(),
            new EchoServer());
  }

  /** A channel that pings a hundred times a second, which its builder would not take. */
  private static ManagedChannel pinging(SocketAddress address) throws Exception {
    var builder =
        NettyChannelBuilder.forAddress(address)
            .usePlaintext()
            .directExecutor()
            .keepAliveTime(10, TimeUnit.SECONDS);
    var time = NettyChannelBuilder.class.getDeclaredField("keepAliveTimeNanos");
    time.setAccessible(true);
    time.setLong(builder, TimeUnit.MILLISECONDS.toNanos(10));
    return builder.build();
  }

  private static void close(ManagedChannel channel) throws InterruptedException {
    channel.shutdownNow();
    assertTrue(channel.awaitTermination(TestClient.PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void grpcJavasClientIsSentAwayWhenItPingsTooOften() throws Exception {
    try (var server = serve(PingPolicy.DEFAULT)) {
      var channel = pinging(server.localAddress());
      try {
        var received = new Received();
        GrpcJava.bidi(channel, "Bidi", received);
        var status = TestClient.await(received.end);
        assertTrue(status.getDescription().contains("too_many_pings"), status.toString());
      } finally {
        close(channel);
      }
    }
  }

  @Test
  void grpcJavasClientMayPingAsItIsPermitted() throws Exception {
    try (var server = serve(PingPolicy.atMostEvery(Duration.ZERO));
        var relay = new PingRelay(server.localAddress())) {
      var channel = pinging(relay.address());
      try {
        var received = new Received();
        var requests = GrpcJava.bidi(channel, "Bidi", received);
        assertTrue(relay.awaitPings(20));
        requests.onNext(new byte[] {1});
        assertArrayEquals(new byte[] {1}, received.next());
        requests.onCompleted();
        assertEquals(Status.OK, TestClient.await(received.end));
      } finally {
        close(channel);
      }
    }
  }

  @Test
  void grpcJavasServerSendsUsAwayAndWeHearWhy() throws Exception {
    var time = new FakeTime();
    var keepalive = Keepalive.every(Duration.ofSeconds(10)).withTimeout(Duration.ofDays(10_000));
    try (var server = new GrpcJava.Echo(10);
        var client = TestClient.connecting(time.provider, server.address(), keepalive)) {
      client.awaitReady();
      var call = client.start("/t.Echo/Bidi");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TestClient.PATIENCE_SECONDS);
      while (!client.isDraining() && System.nanoTime() < end) {
        time.advance(keepalive.time()); // pings if the last PING is answered
      }
      assertEquals(keepalive, client.awaitPingedTooOften());
      assertTrue(client.awaitDraining().message().endsWith("too_many_pings"));
      assertEquals(StatusCode.UNAVAILABLE, call.end().status().code());
    }
  }
}

package grpc.transport.nio;

import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.PingPolicy;
import grpc.spi.transport.ServerTransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that fall silent, and clients that ping too often (gRFC A8, A9). */
class ServerKeepaliveTest extends ServerWire {
  private static final Duration TICK = Duration.ofMillis(1);
  private static final Duration IDLE_INTERVAL = Duration.ofHours(2);
  private static final String CALM = "ENHANCE_YOUR_CALM: too_many_pings";

  @Override
  ServerTransportOptions options() {
    return options(Keepalive.SERVER_DEFAULT, PingPolicy.DEFAULT, ConnectionAge.UNLIMITED);
  }

  private void relisten(PingPolicy policy) throws IOException {
    server.close();
    server =
        time.provider.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            options(Keepalive.SERVER_DEFAULT, policy, ConnectionAge.UNLIMITED),
            echo);
  }

  private static void ping(MockPeer peer) throws IOException {
    peer.ping(7, false).play().expect("PING ACK 7");
  }

  @Test
  void aClientThatIsSilentForTwoHoursAndAfterAPingIsGivenUp() throws Exception {
    try (var peer = client()) {
      time.advance(IDLE_INTERVAL.minus(TICK));
      ping(peer);
      time.advance(IDLE_INTERVAL.minus(TICK));
      time.advance(TICK);
      peer.expect("PING 6b");
      time.advance(Keepalive.DEFAULT_TIMEOUT);
      peer.expect("EOF");
    }
  }

  @Test
  void aClientThatAnswersLives() throws Exception {
    try (var peer = client()) {
      time.advance(IDLE_INTERVAL);
      peer.expect("PING 6b").windowUpdate(0, 1).play();
      expectAnswer(peer, 1);
      time.advance(Keepalive.DEFAULT_TIMEOUT);
      expectAnswer(peer, 3);
    }
  }

  @Test
  void theThirdPingTooSoonEndsTheConnection() throws Exception {
    try (var peer = client()) {
      ping(peer);
      ping(peer);
      ping(peer);
      peer.ping(7, false).play().expect("GOAWAY 0 " + CALM).expect("EOF");
    }
  }

  @Test
  void withACallOneMayPingEveryFiveMinutes() throws Exception {
    try (var peer = client()) {
      peer.request(1, false, "/t.Echo/Collect").play();
      for (int i = 0; i < 10; i++) {
        ping(peer);
        time.advance(Duration.ofMinutes(5));
      }
      for (int i = 0; i < 3; i++) {
        ping(peer);
        time.advance(Duration.ofMinutes(5).minus(TICK));
      }
      peer.ping(7, false).play().expect("GOAWAY 1 " + CALM);
    }
  }

  @Test
  void withoutACallOneMayPingEveryTwoHours() throws Exception {
    try (var peer = client()) {
      for (int i = 0; i < 10; i++) {
        ping(peer);
        time.advance(IDLE_INTERVAL.minus(TICK));
        time.advance(TICK);
        peer.expect("PING 6b");
      }
      for (int i = 0; i < 3; i++) {
        ping(peer);
        time.advance(Duration.ofMinutes(119));
      }
      peer.ping(7, false).play().expect("GOAWAY 0 " + CALM);
    }
  }

  @Test
  void whatIsSentClearsTheStrikes() throws Exception {
    try (var peer = client()) {
      for (int i = 0; i < 20; i++) {
        ping(peer);
        ping(peer);
        expectAnswer(peer, 2 * i + 1);
      }
      ping(peer);
      ping(peer);
      ping(peer);
      peer.ping(7, false).play().expect("GOAWAY 39 " + CALM);
    }
  }

  @Test
  void whatIsPermittedIsNoStrike() throws Exception {
    relisten(PingPolicy.atMostEvery(Duration.ofSeconds(10)).evenWithoutCalls());
    try (var peer = client()) {
      for (int i = 0; i < 10; i++) {
        ping(peer);
        time.advance(Duration.ofSeconds(10));
      }
      expectAnswer(peer, 1);
    }
  }
}

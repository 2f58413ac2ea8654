package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ConnectivityState;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannelBuilder;
import grpc.kernel.GrpcServerBuilder;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.PingPolicy;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations of more nanoseconds than can be counted mean "for ever", wherever they are given. */
@Timeout(60)
class EndlessDurationsTest {
  private static final Duration ENDLESS = ChronoUnit.FOREVER.getDuration();

  /** The longest durations that JSON has, in each field that takes one. */
  private static final String CONFIG =
      """
      {"methodConfig": [
         {"name": [{"service": "test.Echo"}], "timeout": "315576000000s",
          "retryPolicy": {"maxAttempts": 2, "initialBackoff": "315576000000s",
            "maxBackoff": "315576000000s", "backoffMultiplier": 1e300,
            "retryableStatusCodes": ["UNAVAILABLE"]}},
         {"name": [{"service": "test.Echo", "method": "Unary"}], "timeout": "315576000000s",
          "hedgingPolicy": {"maxAttempts": 2, "hedgingDelay": "315576000000s"}}]}
      """;

  private static GrpcServerBuilder endless(GrpcServerBuilder server) {
    return server
        .keepalive(Keepalive.every(ENDLESS).withTimeout(ENDLESS))
        .permitKeepalive(PingPolicy.atMostEvery(ENDLESS).evenWithoutCalls())
        .maxConnectionIdle(ENDLESS.minusSeconds(1))
        .maxConnectionAge(Duration.ofNanos(Long.MAX_VALUE - 1))
        .maxConnectionAgeGrace(ENDLESS);
  }

  private static GrpcChannelBuilder endless(GrpcChannelBuilder channel) {
    return channel
        .keepalive(Keepalive.every(ENDLESS).withTimeout(ENDLESS).evenWithoutCalls())
        .idleTimeout(ENDLESS)
        .defaultServiceConfig(CONFIG);
  }

  private static Link open(boolean tcp) {
    return tcp
        ? Link.overTcp(EndlessDurationsTest::endless, EndlessDurationsTest::endless)
        : Link.open(EndlessDurationsTest::endless, EndlessDurationsTest::endless);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callsAndShutdownsThatHaveForEverEndWhenTheyEnd(boolean tcp) throws Exception {
    try (var link = open(tcp)) {
      var channel = link.channel();
      var options = CallOptions.timeout(ENDLESS);
      assertEquals("echo:a", text(channel.unary(Echo.UNARY, bytes("a"), options).message()));
      var running = channel.unaryAsync(Echo.WAIT, bytes("b"), options);
      link.echo().waiting.await();
      var drained = new FutureTask<>(() -> link.server().shutdown(ENDLESS));
      Thread.ofVirtual().start(drained);
      link.echo().go.countDown();
      assertEquals("b", text(running.get()));
      assertTrue(drained.get());
      assertTrue(channel.shutdown(ENDLESS));
      assertEquals(
          ConnectivityState.SHUTDOWN, channel.awaitChange(ConnectivityState.READY, ENDLESS));
    }
  }

  @Test
  void durationsThatAreOverBeforeTheyBeginAreOverAtOnce() throws Exception {
    try (var link = Link.open()) {
      var past = Duration.ofSeconds(Long.MIN_VALUE);
      var e =
          assertThrows(
              StatusException.class,
              () -> link.channel().unary(Echo.UNARY, bytes("a"), CallOptions.timeout(past)));
      assertEquals(StatusCode.DEADLINE_EXCEEDED, e.code());
      var now = link.channel().state();
      assertEquals(now, link.channel().awaitChange(now, past));
      link.server().shutdown(past);
    }
  }
}

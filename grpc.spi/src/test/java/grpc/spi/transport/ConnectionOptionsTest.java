package grpc.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.credentials.ServerSecurity;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConnectionOptionsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static void refused(String message, Executable options) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, options).getMessage());
  }

  @Test
  void clientsPingNoMoreOftenThanEveryTenSeconds() {
    var floor = Duration.ofSeconds(10);
    assertEquals(floor, Keepalive.every(SECOND).forClient().time());
    assertEquals(floor, Keepalive.every(floor).forClient().time());
    assertEquals(floor.plusNanos(1), Keepalive.every(floor.plusNanos(1)).forClient().time());
  }

  @Test
  void durationsBeyondAllNanosecondsAreCutToThem() {
    var endless = ChronoUnit.FOREVER.getDuration();
    var most = Duration.ofNanos(Long.MAX_VALUE);
    assertEquals(
        Keepalive.every(most).withTimeout(most).evenWithoutCalls(),
        Keepalive.every(endless).withTimeout(most.plusNanos(1)).evenWithoutCalls().forClient());
    assertEquals(
        PingPolicy.atMostEvery(most).evenWithoutCalls(),
        PingPolicy.atMostEvery(endless).evenWithoutCalls());
    assertEquals(
        ConnectionAge.UNLIMITED,
        ConnectionAge.UNLIMITED.withMaxIdle(endless).withMaxAge(endless).withGrace(endless));
    assertEquals(
        most,
        ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
            .maxConcurrentStreams(1)
            .maxHeaderListSize(1)
            .handshakeTimeout(endless)
            .build()
            .handshakeTimeout());
    assertEquals(
        most,
        ClientTransportOptions.builder("a", ChannelSecurity.PLAINTEXT)
            .userAgent("b")
            .maxHeaderListSize(1)
            .connectTimeout(endless)
            .build()
            .connectTimeout());
  }

  @Test
  void durationsThatMakeNoSenseAreRefused() {
    refused(
        "keepalive time: PT0S (expected: more than zero)", () -> Keepalive.every(Duration.ZERO));
    refused(
        "keepalive timeout: PT-1S (expected: more than zero)",
        () -> Keepalive.every(SECOND).withTimeout(SECOND.negated()));
    refused(
        "permitted keepalive interval: PT-1S (expected: zero or more)",
        () -> PingPolicy.atMostEvery(SECOND.negated()));
    refused(
        "max connection idle: PT0S (expected: more than zero)",
        () -> ConnectionAge.UNLIMITED.withMaxIdle(Duration.ZERO));
    refused(
        "max connection age: PT0S (expected: more than zero)",
        () -> ConnectionAge.UNLIMITED.withMaxAge(Duration.ZERO));
    refused(
        "max connection age grace: PT0S (expected: more than zero)",
        () -> ConnectionAge.UNLIMITED.withGrace(Duration.ZERO));
  }
}

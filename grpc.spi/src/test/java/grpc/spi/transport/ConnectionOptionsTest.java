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
    assertEquals(floor, Keepalive.ofClient(SECOND, SECOND, true).time());
    assertEquals(floor, Keepalive.ofClient(floor, SECOND, true).time());
    assertEquals(floor.plusNanos(1), Keepalive.ofClient(floor.plusNanos(1), SECOND, true).time());
  }

  @Test
  void durationsBeyondAllNanosecondsAreCutToThem() {
    var endless = ChronoUnit.FOREVER.getDuration();
    var most = Duration.ofNanos(Long.MAX_VALUE);
    assertEquals(
        new Keepalive(most, most, true), Keepalive.ofClient(endless, most.plusNanos(1), true));
    assertEquals(new PingPolicy(most, true), new PingPolicy(endless, true));
    assertEquals(ConnectionAge.UNLIMITED, new ConnectionAge(endless, endless, endless));
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
        "keepalive time: PT0S (expected: more than zero)",
        () -> Keepalive.ofClient(Duration.ZERO, SECOND, true));
    refused(
        "keepalive timeout: PT-1S (expected: more than zero)",
        () -> new Keepalive(SECOND, SECOND.negated(), true));
    refused(
        "permitted keepalive interval: PT-1S (expected: zero or more)",
        () -> new PingPolicy(SECOND.negated(), true));
    refused(
        "max connection idle: PT0S (expected: more than zero)",
        () -> new ConnectionAge(Duration.ZERO, SECOND, SECOND));
    refused(
        "max connection age: PT0S (expected: more than zero)",
        () -> new ConnectionAge(SECOND, Duration.ZERO, SECOND));
    refused(
        "max connection age grace: PT0S (expected: more than zero)",
        () -> new ConnectionAge(SECOND, SECOND, Duration.ZERO));
  }
}

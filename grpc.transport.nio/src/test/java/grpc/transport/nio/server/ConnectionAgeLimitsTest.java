package grpc.transport.nio.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.spi.transport.ConnectionAge;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.connection.FakeRole;
import grpc.transport.nio.outbound.OutboundStream;
import grpc.transport.nio.stream.ReceiveBudget;
import grpc.transport.nio.wire.FakeWire;
import grpc.transport.nio.wire.StillLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a server ends a connection that is too old or idle (gRFC A9). No loop runs. */
class ConnectionAgeLimitsTest {
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofMinutes(3);

  /** A connection whose calls the test begins and ends. */
  private static final class Bench {
    final StillLoop loop = new StillLoop();
    final FakeWire wire = new FakeWire(loop.loop());
    final FakeRole role = new FakeRole();
    final Connection connection =
        new Connection(wire, role, ReceiveBudget.UNLIMITED, Optional.empty());
    final ConnectionAgeLimits limits;
    private final OutboundStream call = new Call();
    private int lastStreamId;

    Bench(ConnectionAge age) throws IOException {
      var end = new GracefulShutdown(connection);
      limits = new ConnectionAgeLimits(connection, end, age, () -> lastStreamId);
      connection.begin(false, Duration.ofDays(365), 0);
      wire.frames();
      limits.begin();
    }

    void begin() {
      lastStreamId += 2;
      connection.streams().put(call);
    }

    void end() {
      connection.streams().remove(call);
    }

    /**
     * Plays a script of {@code time:event}.
     *
     * @return when the first GOAWAY came, and its debug data; empty if none came in three minutes
     */
    String play(String script) {
      while (loop.now().compareTo(LONG) < 0) {
        loop.advance(STEP);
        for (String frame : wire.frames()) {
          if (frame.startsWith("GOAWAY 2147483647 NO_ERROR: ")) { // RFC 9113 §6.8
            return loop.now() + frame.substring(frame.indexOf(':'));
          }
        }
        for (String event : script.split(" ")) {
          if (event.startsWith(loop.now() + ":")) {
            happen(event.substring(event.indexOf(':') + 1));
          }
        }
      }
      return "";
    }

    private void happen(String event) {
      switch (event) {
        case "begun" -> begin();
        case "ended" -> end();
        case "brief" -> {
          begin();
          end();
        }
        default -> throw new IllegalArgumentException(event);
      }
    }
  }

  private static final class Call extends OutboundStream {
    Call() {
      super(1, 0);
    }

    @Override
    protected boolean finished() {
      return false;
    }

    @Override
    protected boolean remoteEnded() {
      return false;
    }

    @Override
    protected boolean endsBothHalves() {
      return true;
    }

    @Override
    protected int takeWindowCredit() {
      return 0;
    }

    @Override
    public void fail(Status cause, Progress progress) {}
  }

  /** Idle for 40 s, looked for each 10 s. */
  @ParameterizedTest
  @CsvSource({
    "'', PT40S",
    "PT5S:begun, ''",
    "PT5S:begun PT33S:ended, PT1M20S", // none runs at 40 s
    "PT5S:begun PT30.5S:ended, PT1M20S",
    "PT5S:begun PT29.5S:ended, PT1M10S",
    "PT5S:brief, PT50S", // between two looks: its id shows it
    "PT35S:brief, PT1M20S",
    "PT35S:brief PT1M15S:brief, PT2M", // and again at 80 s
    "PT0.5S:begun PT1S:ended, PT50S",
  })
  void anIdleConnectionEnds(String script, String when) throws IOException {
    var bench = new Bench(ConnectionAge.UNLIMITED.withMaxIdle(Duration.ofSeconds(40)));
    assertEquals(when.isEmpty() ? "" : when + ": max_idle", bench.play(script));
  }

  /** Give or take a tenth, so that connections made together do not end together. */
  @Test
  void anOldConnectionEnds() throws IOException {
    var times = new ArrayList<Duration>();
    for (int i = 0; i < 200; i++) {
      var bench = new Bench(ConnectionAge.UNLIMITED.withMaxAge(Duration.ofSeconds(100)));
      String end = bench.play("");
      assertTrue(end.endsWith(": max_age"), end);
      times.add(Duration.parse(end.substring(0, end.indexOf(':'))));
    }
    var first = Collections.min(times);
    var last = Collections.max(times);
    assertTrue(first.compareTo(Duration.ofSeconds(90)) >= 0, first.toString());
    assertTrue(last.compareTo(Duration.ofSeconds(110)) <= 0, last.toString());
    assertTrue(first.compareTo(Duration.ofSeconds(95)) < 0, "of 200, some are earlier: " + first);
    assertTrue(last.compareTo(Duration.ofSeconds(105)) > 0, "and some are later: " + last);
  }

  @Test
  void callsOfAnOldConnectionHaveTheGrace() throws IOException {
    var bench =
        new Bench(
            ConnectionAge.UNLIMITED
                .withMaxAge(Duration.ofSeconds(100))
                .withGrace(Duration.ofSeconds(30)));
    bench.begin();
    bench.play("");
    bench.loop.advance(Duration.ofMillis(29_499)); // GOAWAY came up to a step before it was seen
    assertEquals(List.of(), bench.role.causes());
    bench.loop.advance(Duration.ofMillis(501));
    assertEquals(List.of("the connection is past its max age and grace"), bench.role.causes());
  }

  @Test
  void withoutGraceCallsRunOn() throws IOException {
    var bench = new Bench(ConnectionAge.UNLIMITED.withMaxAge(Duration.ofSeconds(100)));
    bench.begin();
    assertTrue(bench.play("").endsWith(": max_age"));
    bench.loop.advance(Duration.ofDays(300));
    assertEquals(List.of(), bench.role.causes());
  }

  @Test
  void unlimitedConnectionsStay() throws IOException {
    var bench = new Bench(ConnectionAge.UNLIMITED);
    bench.loop.advance(Duration.ofDays(300));
    assertEquals(List.of(), bench.wire.frames());
  }

  @Test
  void aConnectionThatIsGoneHasNoLimits() throws IOException {
    var bench =
        new Bench(
            ConnectionAge.UNLIMITED
                .withMaxIdle(Duration.ofSeconds(40))
                .withMaxAge(Duration.ofSeconds(100)));
    bench.loop.advance(Duration.ofSeconds(15));
    bench.limits.end();
    bench.loop.advance(Duration.ofMinutes(10));
    assertEquals(List.of(), bench.wire.frames());
  }
}

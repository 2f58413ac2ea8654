package grpc.transport.nio.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import grpc.api.Status;
import grpc.spi.transport.Keepalive;
import grpc.transport.nio.stream.ReceiveBudget;
import grpc.transport.nio.wire.FakeWire;
import grpc.transport.nio.wire.StillLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a side pings, and when it gives its peer up (gRFC A8, A9). No loop runs. */
class KeepalivePingsTest {
  private static final Keepalive TEN = Keepalive.every(Duration.ofSeconds(10));
  private static final Duration STEP = Duration.ofMillis(500);
  private static final int STEPS = 100;

  private final StillLoop loop = new StillLoop();
  private final FakeWire wire = new FakeWire(loop.loop());
  private final FakeRole role = new FakeRole();
  private final List<String> seen = new ArrayList<>();

  KeepalivePingsTest() throws IOException {}

  private Connection ready(Keepalive keepalive) {
    var connection = new Connection(wire, role, ReceiveBudget.UNLIMITED, Optional.of(keepalive));
    connection.begin(false, Duration.ofDays(1), 0);
    connection.handshakeDone();
    wire.frames();
    return connection;
  }

  /**
   * Plays 50 s. A script is {@code second:event}. Calls that have {@code begun} run on until {@code
   * ended}; {@code brief} is one that ends at once. From {@code paused} to {@code resumed} the peer
   * reads no answers, and so its connection is not read.
   */
  private String play(Keepalive keepalive, boolean calls, String script) {
    role.hasCalls(calls);
    var connection = ready(keepalive);
    for (int i = 1; i <= STEPS; i++) {
      loop.advance(STEP);
      look();
      for (String event : script.split(" ")) {
        if (event.startsWith(seconds() + ":")) {
          happen(connection, event.substring(event.indexOf(':') + 1));
          look();
        }
      }
    }
    return String.join(" ", seen);
  }

  private void happen(Connection connection, String event) {
    switch (event) {
      case "bytes" -> {
        connection.received(ByteBuffer.allocate(0));
        connection.readPassEnded();
      }
      case "begun" -> {
        role.hasCalls(true);
        connection.callBegins();
      }
      case "ended" -> role.hasCalls(false);
      case "brief" -> connection.callBegins();
      case "paused" -> {
        for (int i = 0; i < 101; i++) {
          connection.guard().provoked();
        }
        connection.readPassEnded();
      }
      case "resumed" -> {
        for (int i = 0; i < 101; i++) {
          connection.provokedFramed();
        }
      }
      default -> throw new IllegalArgumentException(event);
    }
  }

  private String seconds() {
    return loop.now().toSeconds() + (loop.now().toMillis() % 1000 == 0 ? "" : ".5");
  }

  private void look() {
    for (String frame : wire.frames()) {
      if (frame.startsWith("PING")) {
        seen.add(seconds() + ":ping");
      }
    }
    if (!role.causes().isEmpty()) {
      seen.add(seconds() + ":closed");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // what happens, what is seen; 10 s of silence, 3 s to answer
    "'', 10:ping 13:closed",
    "5:bytes, 15:ping 18:closed",
    "9.5:bytes, 19.5:ping 22.5:closed",
    "11:bytes, 10:ping 21:ping 24:closed", // any bytes are an answer
    "12.5:bytes, 10:ping 22.5:ping 25.5:closed",
    "13.5:bytes, 10:ping 13:closed", // too late
    "9:bytes 18:bytes 27:bytes 36:bytes 45:bytes, ''",
    "5:paused 12:resumed, 20:ping 23:closed", // what may have come was not read: no silence
    "5:paused 20.5:resumed, 30:ping 33:closed",
  })
  void whileACallRuns(String script, String seen) {
    assertEquals(seen, play(TEN.withTimeout(Duration.ofSeconds(3)), true, script));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''", // A8: no pings without calls
    "5:begun, 10:ping 13:closed",
    "5:brief, ''",
    "5:begun 9:ended, ''",
    "20:begun, 20:ping 23:closed", // the first call on a silent connection
    "20:brief, 20:ping 23:closed", // however short it is
    "20:brief 21:bytes, 20:ping",
    "12:bytes 15:begun, 22:ping 25:closed", // silent since 12
    "12:bytes 15:brief, ''",
    "20:brief 20:brief 20.5:brief, 20:ping 23:closed", // one ping
    "20:begun 20.5:ended 21:bytes 40:begun, 20:ping 40:ping 43:closed",
  })
  void whileNoCallRuns(String script, String seen) {
    assertEquals(seen, play(TEN.withTimeout(Duration.ofSeconds(3)), false, script));
  }

  @ParameterizedTest
  @CsvSource({"'', 10:ping 13:closed", "5:bytes, 15:ping 18:closed"})
  void evenWithoutCalls(String script, String seen) {
    var keepalive = TEN.withTimeout(Duration.ofSeconds(3)).evenWithoutCalls();
    assertEquals(seen, play(keepalive, false, script));
  }

  /** A timeout longer than the time: one PING, looked after each 10 s. */
  @ParameterizedTest
  @CsvSource({"'', 10:ping 35:closed", "34:bytes, 10:ping 44:ping"})
  void aPeerMayTakeLonger(String script, String seen) {
    assertEquals(seen, play(TEN.withTimeout(Duration.ofSeconds(25)), true, script));
  }

  @Test
  void theErrorSaysWhatWasMissed() {
    role.hasCalls(true);
    ready(TEN.withTimeout(Duration.ofMillis(2_500)));
    loop.advance(Duration.ofSeconds(13));
    assertEquals(
        List.of(
            "keepalive: nothing came from peer/<unresolved>:1 within 2.5 s of a PING; it or the"
                + " network between is down"),
        role.causes());
  }

  @Test
  void aConnectionThatEndsPingsNoMore() {
    role.hasCalls(true);
    var connection = ready(TEN);
    connection.close(Status.unavailable("the test ends it"));
    assertFalse(loop.hasTimers());
    loop.advance(Duration.ofHours(1));
    assertEquals(List.of(), wire.frames());
    assertEquals(List.of("the test ends it"), role.causes());
  }
}

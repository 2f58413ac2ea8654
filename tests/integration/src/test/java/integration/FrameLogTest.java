package integration;

import static integration.Echo.bytes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import grpc.api.CallOptions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The frames of a call, as {@code grpc.http2.frames} shows them at TRACE. */
@Timeout(60)
class FrameLogTest {
  private static void assertLogged(List<String> lines, String pattern) {
    var line = Pattern.compile("TRACE " + pattern + ".* /127\\.0\\.0\\.1:\\d+");
    assertTrue(lines.stream().anyMatch(line.asMatchPredicate()), () -> pattern + " in " + lines);
  }

  @Test
  void framesOfBothDirectionsAreLogged() throws Exception {
    List<String> lines;
    try (var log = new CapturedLog("grpc.http2.frames", Level.TRACE)) {
      try (var link = Link.overTcp(s -> s)) {
        link.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT);
      }
      lines = log.lines();
    }
    for (String direction : List.of(">>", "<<")) {
      Stream.of(
              "0x00000000 +\\d+ SETTINGS",
              "0x00000000 +0 SETTINGS +ACK",
              "0x00000001 +\\d+ HEADERS +END_HEADERS",
              "0x00000001 +6 DATA",
              "0x00000001 +\\d+ HEADERS +END_STREAM\\|END_HEADERS")
          .forEach(frame -> assertLogged(lines, direction + " " + frame));
    }
  }
}

package integration;

import static integration.Echo.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.MethodHandler;
import grpc.api.MethodType;
import grpc.api.ServiceDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client logs of calls that it has forgotten. */
@Timeout(60)
class AbandonedCallLogTest {
  private static final MethodDescriptor<byte[], byte[]> FORGOTTEN =
      MethodDescriptor.of(
          "test.Leak/Forgotten", MethodType.BIDI_STREAMING, byte[].class, byte[].class, "raw");

  private static void forget(Link link) {
    link.channel().call(FORGOTTEN, CallOptions.DEFAULT).send(bytes("x"));
  }

  private static void awaitLines(CapturedLog log, int count) throws InterruptedException {
    while (log.lines().size() < count) {
      System.gc(); // the collector's own time is all there is to wait for
      if (Thread.interrupted()) { // the test's time is up
        throw new InterruptedException("logged: " + log.lines());
      }
    }
    assertEquals(count, log.lines().size());
  }

  @Test
  void fromTheSecondOnTheWarningTellsWhereTheCallWasOpened() throws Exception {
    MethodHandler.BidiStreaming<byte[], byte[]> echo = (in, out) -> in.forEach(out::send);
    var service = ServiceDefinition.builder("test.Leak").bidiStreaming(FORGOTTEN, echo).build();
    try (var log = new CapturedLog("grpc.abandoned", Level.WARN);
        var link = Link.serving(service)) {
      forget(link);
      awaitLines(log, 1);
      assertTrue(
          log.lines().getFirst().startsWith("WARN a call of test.Leak/Forgotten was abandoned"));
      assertEquals(List.of(), log.trace());
      forget(link);
      awaitLines(log, 2);
      assertTrue(
          log.trace().contains(AbandonedCallLogTest.class.getName() + ".forget"),
          log.trace()::toString);
    }
  }
}

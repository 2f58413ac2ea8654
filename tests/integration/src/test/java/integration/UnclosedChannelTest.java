package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A channel that was never closed is told once, with where it was opened. */
@Timeout(120)
class UnclosedChannelTest {
  private static final String TARGET = "ipv4:127.0.0.1:7777";
  private static final String CLOSED = "ipv4:127.0.0.1:8888";

  @SuppressWarnings("resource") // that is what is tested
  private static void forget() {
    GrpcChannel.open(CLOSED, ChannelCredentials.plaintext()).close();
    GrpcChannel.open(TARGET, ChannelCredentials.plaintext());
  }

  /** Other tests' channels may have been told of within the same minute: then it is DEBUG. */
  private static List<String> told(CapturedLog log) {
    return log.lines().stream().filter(line -> line.contains(TARGET)).toList();
  }

  @Test
  void warningTellsWhereItWasOpened() {
    try (var log = new CapturedLog("grpc.abandoned", Level.DEBUG)) {
      forget();
      for (int i = 0; i < 1000 && told(log).isEmpty(); i++) {
        System.gc();
        LockSupport.parkNanos(20_000_000); // the cleaner has a thread of its own
      }
      assertEquals(1, told(log).size(), log.lines()::toString);
      assertTrue(log.lines().stream().noneMatch(line -> line.contains(CLOSED)), "it was closed");
      String line = told(log).getFirst();
      assertTrue(line.contains("the channel to " + TARGET + " was never closed"), line);
      var trace = log.traceOf(TARGET);
      assertTrue(trace.contains("integration.UnclosedChannelTest.forget"), trace::toString);
    }
  }
}

package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import grpc.kernel.GrpcChannel;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A channel that was never closed is told once, with where it was opened. */
@Timeout(120)
class UnclosedChannelTest {
  private static void forget(boolean close) {
    var channel = GrpcChannel.open("ipv4:127.0.0.1:1");
    if (close) {
      channel.close();
    }
  }

  @Test
  void warningTellsWhereItWasOpened() {
    try (var log = new CapturedLog("grpc.kernel.GrpcChannel", Level.WARN)) {
      forget(true);
      forget(false);
      for (int i = 0; i < 1000 && log.lines().isEmpty(); i++) {
        System.gc();
        LockSupport.parkNanos(20_000_000); // the cleaner has a thread of its own
      }
      assertEquals(1, log.lines().size(), log.lines()::toString);
      String line = log.lines().getFirst();
      assertTrue(line.startsWith("WARN the channel to ipv4:127.0.0.1:1 was never closed"), line);
      assertTrue(
          log.trace().contains("integration.UnclosedChannelTest.forget"), log.trace()::toString);
    }
  }
}

package integration;

import static integration.Echo.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallOptions;
import grpc.api.Peer;
import grpc.kernel.GrpcServerBuilder;
import grpc.spi.observe.Observer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that ends its connections does not end calls (A9). */
@Timeout(60)
class OldConnectionsTest {
  private static final int CONNECTIONS = 5;
  private static final CallOptions PATIENT = CallOptions.DEFAULT.withWaitForReady(true);
  private static final Duration MOMENT = Duration.ofMillis(20);

  /** Has a permit for each connection that the server has had. */
  private record Arrivals(Semaphore accepted) implements Observer {
    @Override
    public String name() {
      return "arrivals";
    }

    @Override
    public void serverConnectionOpened(Peer client) {
      accepted.release();
    }
  }

  /**
   * Calls until the server has had so many connections; each call must be answered. The connections
   * last too briefly for the client to make the next at once, so calls wait for it.
   */
  private static void callThroughout(UnaryOperator<GrpcServerBuilder> endings, Runnable between) {
    var arrivals = new Arrivals(new Semaphore(0));
    try (var link = Link.overTcp(s -> endings.apply(s).observe(arrivals))) {
      while (arrivals.accepted.availablePermits() < CONNECTIONS) {
        var answer = link.channel().unary(Echo.UNARY, bytes("x"), PATIENT);
        assertEquals("echo:x", Echo.text(answer.message()));
        link.channel().resetConnectBackoff(); // else each would wait longer than the one before
        between.run();
      }
    }
  }

  @Test
  void callsGoOnWhileConnectionsGrowOld() {
    callThroughout(s -> s.maxConnectionAge(MOMENT), () -> {});
  }

  @Test
  void callsGoOnWhereEachMayMeetTheEndOfAnIdleConnection() {
    var pauses = new Random(7);
    callThroughout(
        s -> s.maxConnectionIdle(MOMENT), () -> LockSupport.parkNanos(pauses.nextInt(30_000_000)));
  }
}

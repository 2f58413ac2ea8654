package launcher;

import grpc.kernel.GrpcServer;
import java.time.Duration;

/** Runs a server until the process is told to end. */
public final class Serving {
  private Serving() {}

  /**
   * Says that the server listens, and serves until SIGTERM or SIGINT; then refuses new calls, lets
   * those that run end within the grace period, and ends the process with 0.
   */
  public static void untilTerminated(String name, GrpcServer server, Duration grace)
      throws InterruptedException {
    server.shutdownOnExit(
        grace,
        ended -> {
          if (!ended) {
            System.err.println(
                "calls that still ran after " + grace.toSeconds() + " s were cancelled");
          }
        });
    // whoever reads this may send the signal
    System.out.println(name + " listens on port " + server.port());
    server.await();
  }
}

package launcher;

import grpc.kernel.GrpcServer;
import java.time.Duration;

/** Runs a server until SIGTERM or SIGINT. */
public final class Serving {
  private Serving() {}

  /**
   * Prints that the server listens, and serves until SIGTERM or SIGINT. Then it refuses new calls,
   * gives running calls the grace period, and ends the process with 0.
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
    // a reader of this line may send the signal
    System.out.println(name + " listens on port " + server.port());
    server.await();
  }
}

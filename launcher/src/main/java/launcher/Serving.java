package launcher;

import grpc.api.Server;
import java.time.Duration;

/** Runs a server until the process is told to end. */
public final class Serving {
  private Serving() {}

  /**
   * Says that the server listens, and serves until SIGTERM or SIGINT; then refuses new calls, lets
   * those that run end within the grace period, and ends the process with 0.
   */
  public static void untilTerminated(String name, Server server, Duration grace)
      throws InterruptedException {
    var drain = Thread.ofPlatform().name("drain").unstarted(() -> drain(server, grace));
    try {
      Runtime.getRuntime().addShutdownHook(drain);
    } catch (IllegalStateException e) {
      return; // the signal came before the server was ready
    }
    // whoever reads this may send the signal
    System.out.println(name + " listens on port " + server.port());
    server.await();
  }

  private static void drain(Server server, Duration grace) {
    try {
      if (!server.shutdown(grace)) {
        System.err.println("calls that still ran after " + grace.toSeconds() + " s were cancelled");
      }
    } catch (InterruptedException e) {
      server.close();
    }
    Runtime.getRuntime().halt(0); // else the signal's own code, 143, would be the process's
  }
}

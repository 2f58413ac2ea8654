package grpc.kernel;

import grpc.api.Server;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shuts a server down when its process is told to end. */
final class Termination {
  private static final Logger log = LoggerFactory.getLogger(GrpcServer.class);

  /** How the JDK names the threads on which it runs down for SIGTERM, SIGINT or SIGHUP. */
  private static final String SIGNAL_HANDLER = "SIG[A-Z0-9]+ handler";

  private final Server server;
  private final Duration grace;
  private final Consumer<Boolean> afterwards;
  private final Thread hook =
      Thread.ofPlatform()
          .name("grpc-shutdown")
          .inheritInheritableThreadLocals(false)
          .unstarted(this::shutdown);

  /**
   * For this server, whose calls are given so long to end.
   *
   * @param afterwards hears whether they did
   */
  Termination(Server server, Duration grace, Consumer<Boolean> afterwards) {
    this.server = server;
    this.grace = grace;
    this.afterwards = afterwards;
  }

  /** Expects the end of the process. {@return false where that is on its way already} */
  boolean expect() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Does not expect it any more: the server has stopped. */
  void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends, and has run the hook.
    }
  }

  private void shutdown() {
    boolean signalled = isSignalled(); // before anything else: its thread waits for this one
    try {
      afterwards.accept(server.shutdown(grace));
    } catch (InterruptedException e) {
      server.close();
    } catch (RuntimeException | Error e) { // the action's: the process ends all the same
      log.error("an action at the end of {} threw", server, e);
    }
    if (signalled) {
      awaitRecorder();
      Runtime.getRuntime().halt(0); // else the signal's own code, such as 143, is the process's
    }
  }

  /** An exit of the program's own keeps its code. */
  private static boolean isSignalled() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().matches(SIGNAL_HANDLER));
  }

  /** The flight recorder writes its recording in a hook like this one: let it. */
  private static void awaitRecorder() {
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("JFR Shutdown Hook")) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }
}

package grpc.kernel;

import grpc.api.Server;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shuts a server down when its process gets a signal to end. */
final class Termination {
  private static final Logger log = LoggerFactory.getLogger("grpc.server");

  private final Server server;
  private final Duration grace;
  private final Consumer<Boolean> afterwards;
  private final Thread hook =
      Thread.ofPlatform()
          .name("grpc-shutdown")
          .inheritInheritableThreadLocals(false)
          .unstarted(this::shutdown);

  /**
   * For this server. Its calls have so long to end.
   *
   * @param afterwards gets whether they did
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
      ExitOnSignal.OF_PROCESS.expect();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Does not expect it any more: the server has stopped. */
  void forget() {
    try {
      if (Runtime.getRuntime().removeShutdownHook(hook)) { // only the first time
        ExitOnSignal.OF_PROCESS.forget();
      }
    } catch (IllegalStateException e) {
      // the process ends, and runs the hook
    }
  }

  private void shutdown() {
    try {
      afterwards.accept(server.shutdown(grace));
    } catch (InterruptedException e) {
      server.close();
    } catch (RuntimeException | Error e) { // the action's: the process ends all the same
      log.error("an action at the end of {} threw", server, e);
    }
  }
}

package grpc.kernel.guard;

import grpc.api.Status;
import grpc.kernel.registry.PluginFailure;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plugin's code, and is the serial executor that the plugin sees: an exception becomes an
 * INTERNAL status in the plugin's name, and ends nothing else.
 */
public final class Guard implements SerialScheduler {
  private static final Logger log = LoggerFactory.getLogger("grpc.plugin");

  private final String role;
  private final Object plugin;
  private final SerialScheduler scheduler;
  private final Consumer<Status> failed;

  /**
   * Guards one plugin.
   *
   * @param role its kind, for messages
   * @param plugin its provider
   * @param scheduler the channel's
   * @param failed takes each failure, on the channel's serial executor
   */
  public Guard(String role, Object plugin, SerialScheduler scheduler, Consumer<Status> failed) {
    this.role = role;
    this.plugin = plugin;
    this.scheduler = scheduler;
    this.failed = failed;
  }

  /** Runs code of the plugin. */
  @SuppressWarnings("CatchAndPrintStackTrace")
  public void run(Runnable code) {
    try {
      code.run();
    } catch (Throwable thrown) { // a plugin of another version throws LinkageErrors, too
      failed.accept(failure(thrown));
    }
  }

  /** {@return the status of what the plugin threw} Logs it. */
  public Status failure(Throwable thrown) {
    var failure = PluginFailure.of(role, plugin, thrown);
    log.error("{}", failure.getMessage(), thrown);
    return failure.status();
  }

  @Override
  public void execute(Runnable task) {
    scheduler.execute(() -> run(task));
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return scheduler.schedule(delay, () -> run(task));
  }

  @Override
  public long nanoTime() {
    return scheduler.nanoTime();
  }
}

package grpc.kernel;

import grpc.kernel.log.Abandoned;
import grpc.kernel.log.SeldomLog;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Whether a channel has been closed. If it is collected before, the log says where it was opened.
 * It must not refer to the object that the application holds. The channel's connections stay open
 * until they are idle: a stream may still be in use.
 */
final class OpenChannel implements Runnable {
  private static final Logger log = LoggerFactory.getLogger("grpc.abandoned");
  private static final SeldomLog LEAKS = new SeldomLog(log, Level.WARN);

  private final String target;
  private final Throwable opened = new Throwable("opened here");
  private volatile boolean closed;
  private Cleaner.@Nullable Cleanable cleanable;

  /** A channel to this target is open. */
  OpenChannel(String target) {
    this.target = target;
  }

  /** Watches what the application holds. */
  void watch(GrpcChannel held) {
    cleanable = Abandoned.CLEANER.register(held, this);
  }

  /** The application has closed it. */
  void closed() {
    closed = true;
    if (cleanable != null) {
      cleanable.clean();
    }
  }

  @Override
  public void run() {
    if (!closed) {
      LEAKS.log(
          "the channel to "
              + target
              + " was never closed and is unreachable; keep one channel and close it at"
              + " the end, for example with try-with-resources (the trace shows where it was"
              + " opened)",
          opened);
    }
  }
}

package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a loop behind. Loops run while a connection or a listener lives, so one
 * that goes on means that something was not closed: a key, a stream's connection, a listener.
 */
public final class LeakCheck implements AfterEachCallback {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  @Override
  public void afterEach(ExtensionContext context) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    List<String> left = loops();
    while (!left.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      left = loops();
    }
    assertTrue(left.isEmpty(), "still running: " + left);
  }

  static List<String> loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tenon-nio-"))
        .toList();
  }
}

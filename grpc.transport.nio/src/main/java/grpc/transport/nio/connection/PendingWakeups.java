package grpc.transport.nio.connection;

import grpc.spi.transport.HandlerThreads;
import grpc.transport.nio.stream.Stream;
import grpc.transport.nio.wire.LoopTimers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads to wake at the end of a read pass, because it brought messages for them. On the loop.
 *
 * <p>To wake a virtual thread from a platform thread, the JVM uses a queue that all carriers
 * contend for; from a virtual thread it uses the carrier's own queue. So if there are several
 * threads to wake, one virtual thread wakes the others. If it has not run after a moment, the loop
 * wakes them itself: the waiting threads may be pinned to all carriers (in static initializers).
 */
final class PendingWakeups {
  /** The least number of threads to wake that is worth a thread. */
  private static final int SEVERAL = 4;

  private static final long MOMENT_NANOS = Duration.ofMillis(20).toNanos();

  private final Connection connection;
  private final List<Stream> due = new ArrayList<>();
  private final ArrayDeque<Batch> started = new ArrayDeque<>(); // and perhaps not run
  private LoopTimers.@Nullable Timer look;

  PendingWakeups(Connection connection) {
    this.connection = connection;
  }

  /** Wakes the stream's reader when the read pass ends. */
  void due(Stream stream) {
    due.add(stream);
  }

  /** Wakes all. */
  void wake() {
    if (due.size() < SEVERAL) {
      for (int i = 0; i < due.size(); i++) {
        due.get(i).wake();
      }
    } else {
      wakeSeveral();
    }
    due.clear();
  }

  private void wakeSeveral() {
    var virtual = new Thread[due.size()];
    int count = 0;
    for (int i = 0; i < due.size(); i++) {
      @Nullable Thread reader = due.get(i).readerToWake();
      if (reader != null && reader.isVirtual()) {
        virtual[count++] = reader;
      } else {
        LockSupport.unpark(reader); // at once: carriers may be busy, and this thread needs none
      }
    }
    if (count > 0) {
      var batch = new Batch(virtual, count);
      HandlerThreads.UNNAMED.newThread(batch).start();
      watch(batch);
    }
  }

  private void watch(Batch batch) {
    while (!started.isEmpty() && started.getFirst().hasRun) {
      started.removeFirst();
    }
    started.add(batch);
    if (look == null || look.isDone()) {
      look = connection.schedule(MOMENT_NANOS, this::wakeTheRest);
    }
  }

  private void wakeTheRest() {
    for (Batch batch : started) {
      if (!batch.hasRun) {
        batch.run();
      }
    }
    started.clear();
  }

  /** The connection is gone. */
  void end() {
    wakeTheRest();
    if (look != null) {
      look.cancel();
    }
  }

  /** Wakes the readers of one read pass; it may run twice. */
  private static final class Batch implements Runnable {
    private final Thread[] threads;
    private final int count;
    volatile boolean hasRun;

    Batch(Thread[] threads, int count) {
      this.threads = threads;
      this.count = count;
    }

    /** A reader that is woken in vain waits again. */
    @Override
    public void run() {
      for (int i = 0; i < count; i++) {
        LockSupport.unpark(threads[i]);
      }
      hasRun = true;
    }
  }
}

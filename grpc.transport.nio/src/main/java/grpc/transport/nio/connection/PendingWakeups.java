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
 * The threads that wait for what a read pass has brought, to be woken at its end. On the loop.
 *
 * <p>Waking a virtual thread from a thread that carries none goes through a queue that all carriers
 * contend for; from a carrier it goes to the carrier's own. So where there are several, one virtual
 * thread wakes the others. If it has not run after a moment, perhaps since those who wait are
 * pinned to all the carriers that there are (in static initializers), the loop wakes them itself.
 */
final class PendingWakeups {
  /** Fewer are not worth a thread. */
  private static final int SEVERAL = 4;

  private static final long MOMENT_NANOS = Duration.ofMillis(20).toNanos();

  private final Connection connection;
  private final List<Stream> due = new ArrayList<>();
  private final ArrayDeque<Batch> started = new ArrayDeque<>(); // and perhaps not run
  private LoopTimers.@Nullable Timer look;

  PendingWakeups(Connection connection) {
    this.connection = connection;
  }

  /** Has the stream's reader woken when the read pass ends. */
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
        LockSupport.unpark(reader); // at once: carriers may be busy, and it needs none
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

  /** Wakes the readers of one read pass; a second time does no harm. */
  private static final class Batch implements Runnable {
    private final Thread[] threads;
    private final int count;
    volatile boolean hasRun;

    Batch(Thread[] threads, int count) {
      this.threads = threads;
      this.count = count;
    }

    /** One that does not wait any more finds nothing new, and waits again. */
    @Override
    public void run() {
      for (int i = 0; i < count; i++) {
        LockSupport.unpark(threads[i]);
      }
      hasRun = true;
    }
  }
}

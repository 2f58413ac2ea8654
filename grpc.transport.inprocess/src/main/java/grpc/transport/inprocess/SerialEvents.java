package grpc.transport.inprocess;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Delivers a listener's events one at a time and in order, on a thread that added one. */
final class SerialEvents {
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();

  void deliver(Runnable event) {
    queue.add(event);
    if (pending.getAndIncrement() > 0) {
      return; // another thread delivers, or this one does further up its stack
    }
    do {
      var next = queue.poll();
      try {
        if (next != null) {
          next.run();
        }
      } catch (Throwable thrown) { // the events after it are still delivered
        var thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
      }
    } while (pending.decrementAndGet() > 0);
  }
}

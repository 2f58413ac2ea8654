package grpc.transport.nio.connection;

import grpc.transport.nio.stream.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for what a read pass has brought, to be woken at its end. On the loop.
 *
 * <p>Waking a virtual thread from a thread that carries none goes through a queue that all carriers
 * contend for; from a carrier it goes to the carrier's own. So where there are several, one virtual
 * thread wakes the others.
 */
final class WaitingReaders {
  /** Fewer are not worth a thread. */
  private static final int SEVERAL = 4;

  private final List<Stream> due = new ArrayList<>();

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
    int found = count;
    if (found > 0) {
      Thread.startVirtualThread(() -> unpark(virtual, found));
    }
  }

  /** One that does not wait any more finds nothing new, and waits again. */
  private static void unpark(Thread[] threads, int count) {
    for (int i = 0; i < count; i++) {
      LockSupport.unpark(threads[i]);
    }
  }
}

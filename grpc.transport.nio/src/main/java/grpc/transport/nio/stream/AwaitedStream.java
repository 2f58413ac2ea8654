package grpc.transport.nio.stream;

import grpc.spi.transport.NonBlockingThread;
import grpc.transport.nio.outbound.OutboundStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for a stream: usually its reader, and any threads that want its headers or
 * its end. A waiting thread registers, checks again, then parks; the loop publishes, then looks for
 * registered threads.
 */
abstract class AwaitedStream extends OutboundStream {
  private static final VarHandle READER;

  static {
    try {
      READER = MethodHandles.lookup().findVarHandle(AwaitedStream.class, "reader", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The event that a thread waits for. */
  enum Wait {
    MESSAGE,
    HEADERS,
    END
  }

  /** The first waiting thread. */
  private volatile @Nullable Thread reader;

  /** The reader's event; the reader writes it once it has registered, before it checks again. */
  private volatile Wait awaited = Wait.MESSAGE;

  /** The other waiting threads, woken by every event; null until there is one. */
  private volatile @Nullable Set<Thread> others;

  AwaitedStream(int id, int queued) {
    super(id, queued);
  }

  /** {@return whether a thread need not wait any longer} */
  abstract boolean arrived(Wait what);

  /** {@return whether to wake a thread now} Loop only. */
  final boolean hasNews() {
    return reader != null && arrived(awaited) || others != null;
  }

  /** Wakes all waiting threads. */
  final void wakeReaders() {
    LockSupport.unpark(firstToWake());
  }

  /** Wakes all waiting threads except the reader, and returns the reader. */
  final @Nullable Thread firstToWake() {
    var beside = others;
    if (beside != null) {
      beside.forEach(LockSupport::unpark);
    }
    return reader;
  }

  final void await(Wait what) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (arrived(what)) {
      return;
    }
    NonBlockingThread.requireBlockingAllowed("waiting for a message");
    if (!READER.compareAndSet(this, null, Thread.currentThread())) {
      awaitBeside(what);
      return;
    }
    awaited = what;
    try {
      park(what);
    } finally {
      reader = null;
    }
  }

  private void awaitBeside(Wait what) throws InterruptedException {
    var beside = others();
    beside.add(Thread.currentThread());
    try {
      park(what);
    } finally {
      beside.remove(Thread.currentThread());
    }
  }

  private synchronized Set<Thread> others() {
    var beside = others;
    if (beside == null) {
      beside = ConcurrentHashMap.newKeySet();
      others = beside;
    }
    return beside;
  }

  private void park(Wait what) throws InterruptedException {
    while (!arrived(what)) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}

package grpc.transport.nio.wire;

import grpc.spi.transport.NonBlockingThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread with a selector: it reads and parses for all connections that are registered
 * with it, and runs no application code but inline handlers. It never waits for anything but its
 * selector, and is never interrupted (a selector would then spin).
 *
 * <p>Law: {@link #execute}, {@link #wakeIfAsleep}, {@link #stopSoon} and {@link #isCurrent} may be
 * called by any thread, and so may the timers' clock be read; all else is the loop's.
 */
public final class Loop extends Thread implements NonBlockingThread {
  /** Bytes of the read buffer, shared by the loop's connections. */
  public static final int READ_BUFFER_SIZE = 64 * 1024;

  /** Tasks before sockets are looked at again: a connection that writes on and on is one each. */
  private static final int TASKS_A_TURN = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final VarHandle ASLEEP;

  static {
    try {
      ASLEEP = MethodHandles.lookup().findVarHandle(Loop.class, "asleep", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What is attached to a key: hears that its channel is ready. */
  interface Channel {
    /** Hears that operations are ready. An exception closes the channel through {@link #failed}. */
    void ready(SelectionKey key) throws IOException;

    /** Hears that {@link #ready} threw. */
    void failed(Throwable cause);
  }

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final LoopTimers timers;
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_SIZE);
  private volatile boolean asleep;
  private volatile boolean stopping;

  Loop(String name, LongSupplier clock) {
    super(name);
    timers = new LoopTimers(clock);
    setDaemon(true);
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector: too many open files?", e);
    }
  }

  /** Runs the task on the loop, soon. */
  public void execute(Runnable task) {
    tasks.add(task);
    wakeIfAsleep();
  }

  /** Has the loop look at its tasks and at changed interest sets, if it sleeps. */
  public void wakeIfAsleep() {
    // What the caller has queued comes before this read; the loop sets the flag before it looks.
    if (asleep && Thread.currentThread() != this && ASLEEP.compareAndSet(this, true, false)) {
      selector.wakeup();
    }
  }

  /** {@return whether the current thread is this loop} */
  public boolean isCurrent() {
    return Thread.currentThread() == this;
  }

  /** {@return what runs tasks on this loop after a delay} */
  public LoopTimers timers() {
    return timers;
  }

  /** {@return the cleared buffer to read into; valid until the caller returns to the loop} */
  ByteBuffer readBuffer() {
    return readBuffer.clear();
  }

  /** Registers a channel that is in non-blocking mode. */
  SelectionKey register(SelectableChannel channel, int ops, Channel attachment) throws IOException {
    return channel.register(selector, ops, attachment);
  }

  /** Gives up the descriptors of closed channels, which the selector holds until it selects. */
  void forgetClosed() throws IOException {
    selector.selectNow(this::ready);
  }

  /** Ends the loop once it has run the tasks that are queued. */
  void stopSoon() {
    execute(() -> stopping = true);
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        select();
        runTimers();
        runTasks(TASKS_A_TURN);
      } catch (IOException e) {
        LOG.error("selector failed; connections of {} are lost", getName(), e);
        break;
      } catch (Throwable t) { // memory ran out, even to say so: it may be there again
        complain(t);
      }
    }
    runTasks(Integer.MAX_VALUE);
    try {
      selector.close();
    } catch (IOException e) {
      LOG.debug("closing the selector of {}", getName(), e);
    }
  }

  private void select() throws IOException {
    asleep = true;
    if (tasks.isEmpty()) {
      long wait = timers.millisToNext();
      selector.select(this::ready, wait);
    } else {
      asleep = false;
      selector.selectNow(this::ready);
    }
    asleep = false;
  }

  private void ready(SelectionKey key) {
    asleep = false;
    var channel = (Channel) key.attachment();
    try {
      if (key.isValid()) {
        channel.ready(key);
      }
    } catch (Throwable t) { // one connection's failure must not end the others'
      guarded(() -> channel.failed(t));
    }
  }

  private void runTimers() {
    long now = timers.now();
    for (Runnable due = timers.poll(now); due != null; due = timers.poll(now)) {
      guarded(due);
    }
  }

  private void runTasks(int most) {
    Runnable task = tasks.poll();
    for (int i = 1; task != null; i++) {
      guarded(task);
      task = i < most ? tasks.poll() : null;
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) { // as in ready()
      LOG.error("a task of {} failed", getName(), t);
    }
  }

  private void complain(Throwable thrown) {
    try {
      LOG.error("{} failed, and goes on", getName(), thrown);
    } catch (Throwable again) {
      thrown.addSuppressed(again);
    }
  }
}

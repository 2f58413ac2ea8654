package grpc.transport.nio.wire;

import grpc.spi.transport.NonBlockingThread;
import java.io.IOException;
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
 * A platform thread with a selector: it reads and parses for all its connections. The only
 * application code it runs is inline handlers. It waits only for its selector, and is never
 * interrupted (a selector would then spin).
 *
 * <p>Law: {@link #execute}, {@link #wakeIfAsleep}, {@link #again}, {@link #stopSoon} and {@link
 * #isCurrent} may be called by any thread; any thread may read the timers' clock. Everything else
 * is the loop's.
 *
 * <p>Only a failed selector ends a loop. An exception while a channel is served ends that channel.
 * If memory runs out even for that, the loop tries again until it is done
 * (docs/decisions/0009-when-memory-runs-out.md).
 */
public final class Loop extends Thread implements NonBlockingThread {
  /** Bytes of the read buffer, shared by the loop's connections. */
  public static final int READ_BUFFER_SIZE = 64 * 1024;

  /**
   * The most tasks before the sockets have their turn: a connection with endless writes adds one
   * task each time.
   */
  private static final int TASKS_A_TURN = 64;

  /** The pause before unfinished work is tried again, milliseconds. */
  private static final long PAUSE_MILLIS = 50;

  private static final Logger log = LoggerFactory.getLogger("grpc.transport");
  private static final VarHandle ASLEEP;

  static {
    try {
      var lookup = MethodHandles.lookup();
      ASLEEP = lookup.findVarHandle(Loop.class, "asleep", boolean.class);
      lookup.ensureInitialized(Descriptors.class); // now: to load a class may take a descriptor
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The attachment of a key: receives its channel's events. */
  interface Channel {
    /** Operations are ready. An exception goes to {@link #failed}. */
    void ready(SelectionKey key) throws IOException;

    /** {@link #ready} threw, or the loop has ended. */
    void failed(Throwable cause);

    /** Changes the key's interest set and changes it back. */
    void armAgain(SelectionKey key);
  }

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final LoopTimers timers;
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_SIZE);
  private final UnfinishedWork unfinished = new UnfinishedWork();
  private volatile boolean asleep;
  private volatile boolean stopping;
  private volatile boolean ended;
  private boolean interestsLost; // loop only; may be stale

  Loop(String name, LongSupplier clock) throws IOException {
    super(null, null, name, 0, false); // outlives its starter, and inherits no context
    timers = new LoopTimers(clock);
    setDaemon(true);
    setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new IOException("no selector: " + Descriptors.explain(e), e);
    }
  }

  /**
   * {@return a loop that runs}
   *
   * @throws IOException if the system has no descriptor, thread or memory for it
   */
  static Loop start(String name, LongSupplier clock) throws IOException {
    Loop loop = null;
    try {
      loop = new Loop(name, clock);
      loop.start();
      return loop;
    } catch (OutOfMemoryError e) { // no memory, or no native thread
      if (loop != null) {
        loop.selector.close();
      }
      throw new IOException("no thread for connections: " + e.getMessage(), e);
    }
  }

  /** Runs the task on the loop, soon. */
  public void execute(Runnable task) {
    tasks.add(task);
    if (ended) {
      runLateTasks();
    } else {
      wakeIfAsleep();
    }
  }

  /** Runs the work on the loop, and again while it throws. Any thread; takes no memory. */
  public void again(Unfinished work) {
    unfinished.add(work);
    if (ended) {
      runLateTasks();
    } else {
      wakeIfAsleep();
    }
  }

  /** Wakes the loop if it sleeps, so that it sees its tasks and changed interest sets. */
  public void wakeIfAsleep() {
    // The caller queues before this read; the loop sets the flag before it checks its queue.
    if (asleep && Thread.currentThread() != this && ASLEEP.compareAndSet(this, true, false)) {
      selector.wakeup();
    }
  }

  /** {@return whether the current thread is this loop} */
  public boolean isCurrent() {
    return Thread.currentThread() == this;
  }

  /** {@return whether it has ended} Any thread. */
  boolean hasEnded() {
    return ended;
  }

  /** {@return the timers, which run tasks on this loop after a delay} */
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

  /** Frees the descriptors of closed channels, which the selector holds until it selects. */
  void forgetClosed() throws IOException {
    selector.selectNow(this::ready);
  }

  /** Ends the loop once it has run the tasks that are queued. */
  void stopSoon() {
    execute(() -> stopping = true);
  }

  @Override
  public void run() {
    again(new Unfinished(() -> {})); // so that all of it is linked before memory can run out
    while (!stopping) {
      try {
        armAgain();
        select();
        runTimers();
        runTasks(TASKS_A_TURN);
        unfinished.run(false);
      } catch (IOException e) {
        endBy(e);
      } catch (Throwable t) { // memory ran out, perhaps for the log, too: some may be free again
        interestsLost = true;
        complain(t);
      }
    }
    ended = true; // then checks the tasks: another thread adds a task first, then reads this
    runLateTasks();
    try {
      selector.close();
    } catch (IOException e) {
      log.debug("closing the selector of {}", getName(), e);
    }
  }

  /** The selector has failed: everything that depends on it ends, and other loops can take over. */
  private void endBy(IOException cause) {
    log.error("the selector of {} failed; its connections and listeners end", getName(), cause);
    for (SelectionKey key : selector.keys()) {
      failed((Channel) key.attachment(), cause);
    }
    stopping = true;
  }

  /** Tasks that came too late for the loop, one at a time. Any thread. */
  private synchronized void runLateTasks() {
    runTasks(Integer.MAX_VALUE);
    unfinished.run(true);
  }

  private void select() throws IOException {
    asleep = true;
    if (!tasks.isEmpty() || unfinished.isDue()) {
      asleep = false;
      selector.selectNow(this::ready);
    } else {
      long wait = timers.millisToNext();
      selector.select(
          this::ready,
          unfinished.wasInVain() && (wait == 0 || wait > PAUSE_MILLIS) ? PAUSE_MILLIS : wait);
    }
    asleep = false;
  }

  /**
   * Makes the selector read all interest sets: a select that was cut off may have recorded a change
   * without applying it.
   */
  private void armAgain() {
    if (interestsLost) {
      for (SelectionKey key : selector.keys()) {
        ((Channel) key.attachment()).armAgain(key);
      }
      interestsLost = false;
    }
  }

  private void ready(SelectionKey key) {
    asleep = false;
    var channel = (Channel) key.attachment();
    try {
      if (key.isValid()) {
        channel.ready(key);
      }
    } catch (Throwable t) { // one connection's failure must not end the others'
      failed(channel, t);
    }
  }

  private void failed(Channel channel, Throwable cause) {
    try {
      channel.failed(cause);
    } catch (Throwable t) {
      complain(t);
    }
  }

  /**
   * Runs due timers. It reads the sockets first: while the process was stopped or had no processor,
   * bytes may have come that a timer must know.
   */
  private void runTimers() throws IOException {
    long now = timers.now();
    if (timers.isDue(now)) {
      selector.selectNow(this::ready);
      for (Runnable due = timers.poll(now); due != null; due = timers.poll(now)) {
        guarded(due);
      }
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
      complain(t);
    }
  }

  private void complain(Throwable thrown) {
    try {
      log.error("a task of {} failed", getName(), thrown);
    } catch (Throwable again) { // there is no memory for the log, either
    }
  }
}

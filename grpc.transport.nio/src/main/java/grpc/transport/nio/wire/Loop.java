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
 * A platform thread with a selector: it reads and parses for all connections that are registered
 * with it, and runs no application code but inline handlers. It never waits for anything but its
 * selector, and is never interrupted (a selector would then spin).
 *
 * <p>Law: {@link #execute}, {@link #wakeIfAsleep}, {@link #again}, {@link #stopSoon} and {@link
 * #isCurrent} may be called by any thread, and so may the timers' clock be read; all else is the
 * loop's.
 *
 * <p>Nothing that is thrown ends a loop but a selector that fails. Whatever escapes while a channel
 * is served goes to that channel, which ends by it. If memory runs out even for that, the loop
 * tries again until it is done (docs/decisions/0009-when-memory-runs-out.md).
 */
public final class Loop extends Thread implements NonBlockingThread {
  /** Bytes of the read buffer, shared by the loop's connections. */
  public static final int READ_BUFFER_SIZE = 64 * 1024;

  /** Tasks before sockets are looked at again: a connection that writes on and on is one each. */
  private static final int TASKS_A_TURN = 64;

  /** How long to wait before unfinished work is tried again, milliseconds. */
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

  /** What is attached to a key: hears that its channel is ready. */
  interface Channel {
    /** Hears that operations are ready. What it throws goes to {@link #failed}. */
    void ready(SelectionKey key) throws IOException;

    /** Hears that {@link #ready} threw, or that the loop has ended. */
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
  private boolean interestsLost; // loop only: perhaps

  Loop(String name, LongSupplier clock) throws IOException {
    super(null, null, name, 0, false); // it outlives whoever came first, and inherits nothing
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

  /** Has the work done on the loop, if it throws again and again. Any thread; takes no memory. */
  public void again(Unfinished work) {
    unfinished.add(work);
    if (ended) {
      runLateTasks();
    } else {
      wakeIfAsleep();
    }
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

  /** {@return whether it serves nobody any more} Any thread. */
  boolean hasEnded() {
    return ended;
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
      } catch (Throwable t) { // memory ran out, perhaps even to say so: it may be there again
        interestsLost = true;
        complain(t);
      }
    }
    ended = true; // then looks at the tasks: who adds one adds it, then reads this
    runLateTasks();
    try {
      selector.close();
    } catch (IOException e) {
      log.debug("closing the selector of {}", getName(), e);
    }
  }

  /** The selector is of no more use: all that depends on it ends, and others can take over. */
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
   * Has the selector look at all interest sets: one that was cut off may have taken note of a
   * change and not have made it.
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
   * Runs what is due. What the sockets hold is read before: while the process was stopped or had no
   * processor, a peer may have said what a timer would miss.
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
    } catch (Throwable again) { // nor is there memory to say so
    }
  }
}

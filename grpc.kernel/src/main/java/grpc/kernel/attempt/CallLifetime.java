package grpc.kernel.attempt;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Deadline;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.kernel.pick.CallEnvironment;
import grpc.kernel.pick.CurrentPicker;
import grpc.kernel.pick.PickerState;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamEnd;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call through all of its attempts, and what can end it from this side: its deadline, its caller
 * and the call that it is made in. {@link #cancel} and {@link #run} come on any thread, the rest on
 * threads that work for the call.
 */
public final class CallLifetime extends CallTerms implements CurrentPicker.Waiting, Runnable {
  private static final long NEVER = Long.MAX_VALUE;

  /** How long a connection's end may take to get to the picker. */
  private static final long NEWS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** How many times the pause before a repetition is doubled: up to 640 ms. */
  private static final int DOUBLINGS = 7;

  private final CallEnvironment environment;
  private final long startNanos;
  private long deadlineNanos = NEVER;
  private CallContext.@Nullable Registration parent;
  private @Nullable Cancellable timer; // under the monitor, as is the next
  private boolean ended;
  private volatile @Nullable Status unready;
  private volatile @Nullable Status cancelled;
  private volatile @Nullable ClientStream stream;
  private volatile int picking; // written under the monitor
  private volatile @Nullable AskedCredentials asked; // written under the monitor

  public CallLifetime(Retries retries, MethodDescriptor<?, ?> method, CallOptions options) {
    super(retries, method, options);
    this.environment = retries.environment();
    this.startNanos = environment.settings().clock().nanoTime();
    options.timeout().ifPresent(t -> limit(Deadline.after(t, startNanos).nanoTime()));
    options.deadline().ifPresent(d -> limit(d.nanoTime()));
    if (CallContext.CURRENT.isBound()) {
      inherit(CallContext.CURRENT.get());
    }
    environment.idleWatch().begin(); // last: a call that could not be made is not counted
  }

  private void inherit(CallContext context) {
    context.deadline().ifPresent(d -> limit(d.nanoTime()));
    parent =
        context.onEnd(() -> cancel(Status.cancelled("the call that this one was made in ended")));
  }

  private void limit(long nanos) {
    if (deadlineNanos == NEVER || nanos - deadlineNanos < 0) {
      deadlineNanos = nanos;
    }
  }

  /**
   * Waits until the channel knows its service config.
   *
   * @return null when it does, else why the call has ended
   */
  public @Nullable Status awaitConfig() throws InterruptedException {
    var selection = environment.currentPicker().current();
    if (selection.phase() == PickerState.Phase.UNRESOLVED) {
      long asked = nanoTime();
      while (selection.phase() == PickerState.Phase.UNRESOLVED) {
        environment.start().run();
        var early = over();
        if (early != null) {
          return early;
        }
        selection = awaitNext(selection);
      }
      observer().resolved(nanoTime() - asked);
    }
    know(selection.config());
    if (config().timeoutNanos() != NEVER) {
      limit(Deadline.after(config().timeoutNanos(), startNanos).nanoTime());
    }
    return over();
  }

  /**
   * Waits for another selection than the one seen, until the call is over.
   *
   * @return the current selection
   */
  PickerState awaitNext(PickerState seen) throws InterruptedException {
    startTimer();
    picking(1); // before the picker looks whether the call is over, see cancel
    try {
      return environment.currentPicker().await(seen, NEVER, this);
    } finally {
      picking(-1);
    }
  }

  private synchronized void picking(int more) {
    picking += more;
  }

  /** The threads that ask its credentials, for one that is about to; its deadline ends that. */
  AskedCredentials asksCredentials() {
    startTimer();
    synchronized (this) {
      var threads = asked;
      if (threads == null) {
        threads = new AskedCredentials();
        asked = threads;
      }
      return threads;
    }
  }

  private boolean isAskingCredentials() {
    var threads = asked;
    return threads != null && !threads.isEmpty();
  }

  private void interruptCredentials() {
    var threads = asked;
    if (threads != null) {
      threads.interrupt();
    }
  }

  /** There is a connection. */
  void ready() {
    if (unready != null) {
      unready = null;
    }
  }

  /** Waits so long, or until the call is over. */
  void pause(long nanos) throws InterruptedException {
    startTimer();
    var due = new AtomicBoolean();
    var alarm =
        environment
            .settings()
            .clock()
            .schedule(
                nanos,
                () -> {
                  due.set(true);
                  wake();
                });
    synchronized (this) {
      while (!due.get() && cancelled == null) {
        wait();
      }
    }
    alarm.cancel();
  }

  private synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits before a request that no server has seen is repeated (A6), where that has not helped once
   * already: the end of a connection travels to the picker through the scheduler. Each pause is
   * twice as long as the one before, so that a call which is unlucky again and again does not spin.
   *
   * @param earlier how many times it has been repeated
   */
  void pauseBeforeRepeating(int earlier) throws InterruptedException {
    if (earlier > 0) {
      pause(NEWS_NANOS << Math.min(earlier - 1, DOUBLINGS));
    }
  }

  /** Why there is no connection, for the message of a deadline that passes meanwhile. */
  void notReady(Status why) {
    unready = why;
  }

  /** The moment on the channel's clock. */
  long nanoTime() {
    return environment.settings().clock().nanoTime();
  }

  /** What is left until the deadline, for the wire; {@link RequestHeaders#NO_TIMEOUT} for none. */
  long timeoutNanos() {
    return deadlineNanos == NEVER
        ? RequestHeaders.NO_TIMEOUT
        : Math.max(1, deadlineNanos - environment.settings().clock().nanoTime());
  }

  /** From now on the end of the call is the end of this stream too. */
  public void runs(ClientStream started) {
    stream = started;
    var early = cancelled;
    if (early != null) {
      started.cancel(early); // whoever cancelled may have come before there was a stream to see
    } else {
      startTimer();
    }
  }

  private void startTimer() {
    if (deadlineNanos != NEVER) {
      synchronized (this) {
        if (timer == null && !ended) {
          timer = environment.settings().clock().schedule(timeoutNanos(), this);
        }
      }
    }
  }

  /** Why the call has ended from this side, or null. */
  @Nullable Status over() {
    if (cancelled == null
        && deadlineNanos != NEVER
        && deadlineNanos - environment.settings().clock().nanoTime() <= 0) {
      first(deadlineExceeded());
    }
    return cancelled;
  }

  /**
   * The end as the caller shall see it: a server that knows the deadline may reset the stream a
   * moment before our own timer runs.
   */
  public StreamEnd seen(StreamEnd end) {
    if (end.status().code() == StatusCode.CANCELLED) {
      var early = over();
      if (early != null && early.code() == StatusCode.DEADLINE_EXCEEDED) {
        return StreamEnd.of(early, end.trailers(), end.progress());
      }
    }
    return end;
  }

  private Status deadlineExceeded() {
    var why = unready;
    if (deadlineNanos - startNanos <= 0) {
      return Status.deadlineExceeded(
          "the deadline of %s had passed before it began (expected: time for the call)"
              .formatted(method()));
    }
    return Status.deadlineExceeded(
        "no answer from %s to %s within %d ms%s"
            .formatted(
                environment.settings().target(),
                method(),
                TimeUnit.NANOSECONDS.toMillis(deadlineNanos - startNanos),
                isAskingCredentials()
                    ? "; its call credentials had not answered"
                    : why == null ? "" : "; no connection: " + why.message()));
  }

  @Override
  public boolean isOver() {
    return cancelled != null;
  }

  /** The deadline has passed. */
  @Override
  public void run() {
    cancel(deadlineExceeded());
  }

  /** Ends the call from this side; any thread, the first status wins. */
  public void cancel(Status status) {
    first(status);
    var running = stream;
    if (running != null) {
      running.cancel(status);
    }
    if (picking > 0) {
      environment.currentPicker().wake();
    }
    interruptCredentials();
  }

  private synchronized void first(Status status) {
    if (cancelled == null) {
      cancelled = status;
      notifyAll();
    }
  }

  /** Lets go of timer and parent once the call has ended; once a call. */
  public void ended(Status status) {
    environment.idleWatch().end();
    observer().ended(status);
    if (status.isOk() && throttle().isPresent()) {
      throttle().get().succeeded();
    }
    synchronized (this) {
      ended = true;
      if (timer != null) {
        timer.cancel();
      }
    }
    if (picking > 0 || isAskingCredentials()) {
      first(Status.cancelled("the call has ended")); // for an attempt that is no longer wanted
      environment.currentPicker().wake();
      interruptCredentials();
    }
    if (parent != null) {
      parent.close();
    }
  }

  /** An end with this status, for a call that has none of its own. */
  public static StreamEnd endOf(Status status) {
    return StreamEnd.of(status, Metadata.EMPTY, StreamEnd.Progress.PROCESSED);
  }
}

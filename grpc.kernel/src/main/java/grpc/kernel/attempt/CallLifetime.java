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
import grpc.spi.balancer.PickInfo;
import grpc.spi.observe.CallObserver;
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
public final class CallLifetime implements PickInfo, CurrentPicker.Waiting, Runnable {
  /** The end of a call whose caller is interrupted while it waits. */
  public static final Status INTERRUPTED = Status.cancelled("the calling thread was interrupted");

  private static final long NEVER = Long.MAX_VALUE;

  /** How long a connection's end may take to get to the picker. */
  private static final long NEWS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** How many times the pause before a repetition is doubled: up to 640 ms. */
  private static final int DOUBLINGS = 7;

  private final CallEnvironment environment;
  private final Retries retries;
  private final MethodDescriptor<?, ?> method;
  private final CallObserver observer;
  private final EffectiveOptions effective;
  private @Nullable CallDeadline deadline;
  private CallContext.@Nullable Registration parent;
  private volatile @Nullable Status cancelled;
  private volatile @Nullable ClientStream stream;
  private volatile int picking; // written under the monitor, as is the next
  private volatile @Nullable AskedCredentials asked;

  /**
   * A call that begins now.
   *
   * @param environment the channel
   * @param retries what the calls of the channel share for their retries
   */
  public CallLifetime(
      CallEnvironment environment,
      Retries retries,
      MethodDescriptor<?, ?> method,
      CallOptions options) {
    this.environment = environment;
    this.retries = retries;
    this.method = method;
    this.effective = new EffectiveOptions(options);
    var settings = environment.settings();
    this.observer =
        settings.observers().isEmpty()
            ? CallObserver.NONE
            : settings.observers().clientCall(method, settings.target().toString());
    var timeout = options.timeout();
    if (timeout.isPresent()) {
      long now = nanoTime();
      limit(Deadline.after(timeout.get(), now).nanoTime(), now);
    }
    options.deadline().ifPresent(this::limit);
    if (CallContext.CURRENT.isBound()) {
      inherit(CallContext.CURRENT.get());
    }
    environment.idleWatch().begin(); // last: a call that could not be made is not counted
  }

  /** {@return the channel that it is made on} */
  public CallEnvironment environment() {
    return environment;
  }

  @Override
  public MethodDescriptor<?, ?> method() {
    return method;
  }

  @Override
  public CallOptions options() {
    return effective.options();
  }

  /** {@return its options, joined with the service config once {@link #awaitConfig} is over} */
  public EffectiveOptions effective() {
    return effective;
  }

  /** {@return what observes the call} */
  public CallObserver observer() {
    return observer;
  }

  /** {@return what the calls of the channel share for their retries} */
  public Retries retries() {
    return retries;
  }

  /** Whether credentials are to be asked for each of its attempts. */
  boolean hasCredentials() {
    return options().callCredentials().isPresent()
        || environment.settings().callCredentials().isPresent();
  }

  /** Its {@code :authority}. */
  String authority() {
    return options().authority().orElse(environment.settings().authority());
  }

  private void inherit(CallContext context) {
    context.deadline().ifPresent(this::limit);
    parent =
        context.onEnd(() -> cancel(Status.cancelled("the call that this one was made in ended")));
  }

  private void limit(Deadline by) {
    limit(by.nanoTime(), deadline == null ? nanoTime() : deadline.startNanos());
  }

  private void limit(long nanos, long startNanos) {
    if (deadline == null) {
      deadline = new CallDeadline(environment.settings().clock(), startNanos, nanos);
    } else {
      deadline.limit(nanos);
    }
  }

  /**
   * Waits until the channel knows its service config.
   *
   * @return null when it does, else why the call has ended
   */
  public @Nullable Status awaitConfig() throws InterruptedException {
    var selection = environment.currentPicker().current();
    long began = deadline == null ? NEVER : deadline.startNanos();
    if (selection.phase() == PickerState.Phase.UNRESOLVED) {
      long asked = nanoTime();
      began = began == NEVER ? asked : began;
      while (selection.phase() == PickerState.Phase.UNRESOLVED) {
        environment.start().run();
        var early = over();
        if (early != null) {
          return early;
        }
        selection = awaitNext(selection);
      }
      observer.resolved(nanoTime() - asked);
    }
    var config = selection.config().forMethod(method);
    effective.know(config, retries.throttle(selection.config()));
    if (config.timeoutNanos() != NEVER) {
      began = began == NEVER ? nanoTime() : began;
      limit(Deadline.after(config.timeoutNanos(), began).nanoTime(), began);
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
    if (deadline != null) {
      deadline.ready();
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
    if (deadline != null) {
      deadline.notReady(why);
    }
  }

  /** The moment on the channel's clock. */
  long nanoTime() {
    return environment.settings().clock().nanoTime();
  }

  /** What is left until the deadline, for the wire; {@link RequestHeaders#NO_TIMEOUT} for none. */
  long timeoutNanos() {
    return deadline == null ? RequestHeaders.NO_TIMEOUT : deadline.leftNanos();
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
    if (deadline != null) {
      deadline.start(this);
    }
  }

  /** Why the call has ended from this side, or null. */
  @Nullable Status over() {
    if (cancelled == null && deadline != null && deadline.hasPassed()) {
      first(exceeded(deadline));
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

  private Status exceeded(CallDeadline passed) {
    return passed.exceeded(method, environment.settings().target(), isAskingCredentials());
  }

  @Override
  public boolean isOver() {
    return cancelled != null;
  }

  /** The deadline has passed. */
  @Override
  public void run() {
    if (deadline != null) {
      cancel(exceeded(deadline));
    }
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
    observer.ended(status);
    if (status.isOk() && effective.throttle().isPresent()) {
      effective.throttle().get().succeeded();
    }
    if (deadline != null) {
      deadline.stop();
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

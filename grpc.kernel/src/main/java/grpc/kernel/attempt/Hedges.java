package grpc.kernel.attempt;

import grpc.api.Status;
import grpc.kernel.retry.Pushback;
import grpc.kernel.retry.RetryBuffer;
import grpc.kernel.retry.RetryPlan;
import grpc.kernel.retry.RetryThrottle;
import grpc.kernel.serviceconfig.Retrying;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.spi.transport.EndedStream;
import grpc.spi.transport.NonBlockingThread;
import grpc.spi.transport.StreamEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a hedged call (A6, Hedging Policy). Each has a virtual thread that waits for its
 * response to begin; the first that does is chosen, and the others are cancelled. The monitor
 * guards the fields; neither streams nor pickers are called while it is held.
 */
final class Hedges {
  private static final Status SLOWER = Status.cancelled("another attempt of the call was faster");

  private final CallLifetime call;
  private final Retrying.Hedge policy;
  private final RetryBuffer buffer;
  private final boolean singleResponse;
  private final String encoding;
  private final List<Replay> running = new ArrayList<>();
  private int begun;
  private int unfinished;

  /** Whether no attempt follows those that have begun. */
  private boolean stopped;

  /** Whether the call is to go on with a single attempt, because its requests are not kept. */
  private boolean committed;

  private @Nullable Cancellable timer;
  private @Nullable Replay lastFailed;
  private @Nullable Replay chosen;

  Hedges(
      CallLifetime call,
      Retrying.Hedge policy,
      RetryBuffer buffer,
      boolean singleResponse,
      String encoding) {
    this.call = call;
    this.policy = policy;
    this.buffer = buffer;
    this.singleResponse = singleResponse;
    this.encoding = encoding;
  }

  /** Begins the first attempt or, where there is to be one, the next; all where none waits. */
  synchronized void begin() {
    cancelTimer();
    while (chosen == null && (begun == 0 || mayBegin())) {
      int number = begun++;
      unfinished++;
      Thread.ofVirtual()
          .name("grpc-hedge")
          .inheritInheritableThreadLocals(false)
          .start(() -> attempt(number));
      if (!policy.delay().isZero()) {
        beginAfter(TimeUnit.NANOSECONDS.convert(policy.delay()));
        return;
      }
    }
    chooseFailureIfLast();
  }

  private boolean mayBegin() {
    stopped |= committed && unfinished > 0; // one is enough
    stopped |= !call.effective().throttle().map(RetryThrottle::allows).orElse(true);
    return !stopped && begun < policy.maxAttempts();
  }

  private void beginAfter(long nanos) {
    cancelTimer();
    if (!stopped && begun < policy.maxAttempts()) {
      timer = call.environment().settings().clock().schedule(nanos, this::begin);
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void attempt(int number) {
    try {
      var plan = RetryPlan.ofRepetitions();
      boolean repeats = false;
      while (chosen() == null) {
        var replay = open(number, repeats);
        if (replay.stream().headers().isPresent()) {
          choose(replay, SLOWER);
          return;
        }
        var end = replay.stream().end();
        if (!replay.attempt().isOpened()
            || !(plan.after(end) instanceof RetryPlan.Next.Transparent(int earlier))) {
          failed(replay, end);
          return;
        }
        leave(replay, end);
        call.pauseBeforeRepeating(earlier);
        repeats = true;
      }
    } catch (Throwable e) { // a plugin's bug, its interrupt, or memory that ran out
      cancel(Status.internal("an attempt of " + call.method() + " threw " + e));
    }
  }

  private Replay open(int number, boolean repeats) throws InterruptedException {
    var whole = buffer.whole();
    var attempt = new CallAttempt(call);
    var stream = attempt.start(whole, singleResponse, encoding, number, repeats);
    var replay = new Replay(attempt, stream, buffer, whole != null);
    boolean late;
    boolean only;
    synchronized (this) {
      late = chosen != null;
      only = committed;
      running.add(replay);
    }
    if (late) {
      abandon(replay, whyLate());
    } else if (only) {
      choose(replay, Status.cancelled("the requests of the call are not kept"));
    }
    if (whole == null) {
      replay.catchUpAside();
    }
    return replay;
  }

  private Status whyLate() {
    var over = call.over();
    return over == null ? SLOWER : over;
  }

  private void leave(Replay replay, StreamEnd end) {
    synchronized (this) {
      running.remove(replay);
    }
    replay.attempt().ended(end);
  }

  /** An attempt has ended before its response began. */
  private void failed(Replay replay, StreamEnd end) {
    if (chosen() != null) {
      return;
    }
    boolean opened = replay.attempt().isOpened();
    var pushback = Pushback.of(end.trailers());
    boolean stop = !opened || pushback instanceof Pushback.Stop;
    boolean fatal = opened && !policy.nonFatal().contains(end.status().code());
    if (opened && (stop || !fatal)) {
      call.effective().throttle().ifPresent(RetryThrottle::failed);
    }
    if (fatal) {
      choose(replay, Status.cancelled("another attempt of the call failed with " + end.status()));
      return;
    }
    leave(replay, end);
    synchronized (this) {
      unfinished--;
      lastFailed = replay;
      stopped |= stop;
      if (stopped) {
        cancelTimer();
      } else if (pushback instanceof Pushback.After after) {
        beginAfter(after.nanos());
      } else {
        begin(); // before its time
      }
      chooseFailureIfLast();
    }
  }

  /** The last failure is the call's, where nothing else can come. */
  private void chooseFailureIfLast() {
    if (chosen == null && unfinished == 0 && timer == null && lastFailed != null) {
      chosen = lastFailed;
      notifyAll();
    }
  }

  /** Goes on with this attempt alone, unless there is one already. */
  private void choose(Replay replay, Status others) {
    List<Replay> abandoned;
    synchronized (this) {
      if (chosen != null) {
        return;
      }
      chosen = replay;
      cancelTimer();
      running.remove(replay);
      abandoned = List.copyOf(running);
      running.clear();
      notifyAll();
    }
    replay.choose();
    abandoned.forEach(r -> abandon(r, others));
  }

  private static void abandon(Replay replay, Status status) {
    replay.stream().cancel(status);
    replay.attempt().ended(CallLifetime.endOf(status));
  }

  /** Ends the call, be it with or without an attempt. */
  void cancel(Status status) {
    var ended = EndedStream.unsent(status);
    choose(new Replay(new CallAttempt(call), ended, buffer, false), status);
    var one = chosen();
    if (one != null) {
      one.stream().cancel(status);
    }
  }

  /** Goes on with the attempt that has sent most (A6, Memory Management). */
  void commit() {
    @Nullable Replay most = null;
    synchronized (this) {
      committed = true;
      if (unfinished > 0 || timer == null) { // else the call waits for its next, and only, attempt
        stopped = true;
        cancelTimer();
      }
      for (var replay : running) {
        if (most == null || replay.sent() > most.sent()) {
          most = replay;
        }
      }
    }
    if (most != null) {
      choose(most, Status.cancelled("the requests of the call are not kept"));
    }
  }

  /** The attempts that have a stream; the chosen one alone once there is one. */
  synchronized List<Replay> live() {
    return chosen == null ? List.copyOf(running) : List.of(chosen);
  }

  /** The attempt that is the call, null while there are several. */
  synchronized @Nullable Replay chosen() {
    return chosen;
  }

  /** Waits until an attempt is chosen. */
  synchronized Replay await() throws InterruptedException {
    while (chosen == null) {
      NonBlockingThread.requireBlockingAllowed("waiting for the first of several attempts");
      wait();
    }
    return chosen;
  }
}

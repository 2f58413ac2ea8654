package grpc.kernel.call;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Deadline;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.kernel.channel.ChannelCore;
import grpc.kernel.channel.ControlPlaneStatus;
import grpc.kernel.channel.Selection;
import grpc.kernel.channel.SelectionBoard;
import grpc.kernel.channel.Subchannel;
import grpc.kernel.serviceconfig.MethodConfig;
import grpc.spi.balancer.DoneInfo;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call's way to a connection, and what can end it from this side: its deadline, its caller, the
 * call that it is made in. The caller's thread does everything but {@link #cancel} and {@link
 * #run}.
 */
final class CallAttempt implements SelectionBoard.Waiting, Runnable {
  private static final long NEVER = Long.MAX_VALUE;

  /** The most that is received where nobody chose a limit: 4 MiB, as in all gRPC runtimes. */
  private static final int DEFAULT_MAX_RECEIVE = 4 << 20;

  private final ChannelCore core;
  private final MethodDescriptor<?, ?> method;
  private final CallOptions options;
  private final long startNanos;
  private MethodConfig config = MethodConfig.NONE;
  private Selection selection;
  private long deadlineNanos = NEVER;
  private @Nullable Cancellable timer;
  private CallContext.@Nullable Registration parent;
  private PickResult.@Nullable Complete picked;
  private volatile @Nullable Status unready;
  private volatile @Nullable Status cancelled;
  private volatile @Nullable ClientStream stream;

  CallAttempt(ChannelCore core, MethodDescriptor<?, ?> method, CallOptions options) {
    this.core = core;
    this.method = method;
    this.options = options;
    this.selection = core.board().current();
    this.startNanos = core.settings().clock().nanoTime();
    core.idleWatch().begin();
    options.timeout().ifPresent(t -> limit(Deadline.after(t, startNanos).nanoTime()));
    if (CallContext.CURRENT.isBound()) {
      inherit(CallContext.CURRENT.get());
    }
  }

  private void inherit(CallContext context) {
    context.deadline().ifPresent(d -> limit(d.nanoTime()));
    parent =
        context.onCancel(
            () -> cancel(Status.cancelled("the call that this one was made in ended")));
  }

  private void limit(long nanos) {
    if (deadlineNanos == NEVER || nanos - deadlineNanos < 0) {
      deadlineNanos = nanos;
    }
  }

  int maxSend() {
    return Math.min(
        options.maxSendMessageSize().orElse(Integer.MAX_VALUE), config.maxRequestBytes());
  }

  int maxReceive() {
    return Math.min(
        options.maxReceiveMessageSize().orElse(DEFAULT_MAX_RECEIVE), config.maxResponseBytes());
  }

  /**
   * Waits until the channel knows its service config.
   *
   * @return null when it does, else why the call has ended
   */
  @Nullable Status awaitConfig() throws InterruptedException {
    while (selection.phase() == Selection.Phase.UNRESOLVED) {
      core.start();
      var over = over();
      if (over != null) {
        return over;
      }
      selection = core.board().await(selection, deadlineNanos, this);
    }
    config = selection.config().forMethod(method);
    if (config.timeoutNanos() != NEVER) {
      limit(startNanos + config.timeoutNanos());
    }
    return over();
  }

  /**
   * Picks a connection and starts the stream on it; parks while the balancer queues the call.
   *
   * @param message the whole request, or null where messages follow
   */
  ClientStream start(@Nullable Message message, boolean singleResponse, String encoding)
      throws InterruptedException {
    boolean waitForReady = options.waitForReady().or(() -> config.waitForReady()).orElse(false);
    var info = new PickInfo(method, options);
    while (true) {
      var over = over();
      if (over != null) {
        return new EndedStream(over);
      }
      switch (pick(info)) {
        case PickResult.Complete complete -> {
          if (!(complete.subConn() instanceof Subchannel subchannel)) {
            return new EndedStream(
                Status.internal(
                    "a picker chose %s (expected: a SubConn from BalancerContext.newSubConn)"
                        .formatted(complete.subConn())));
          }
          var transport = subchannel.transport();
          if (transport != null) {
            return open(transport, complete, message, singleResponse, encoding);
          }
          // the connection was lost after the picker was made: the next one is on its way
          picked = complete;
          release(endOf(Status.unavailable("the connection was lost before the call")));
        }
        case PickResult.Queue queue -> {}
        case PickResult.Fail fail -> {
          if (!waitForReady) {
            return new EndedStream(ControlPlaneStatus.ofCall(fail.status()));
          }
          unready = fail.status();
        }
        case PickResult.Drop drop -> {
          return new EndedStream(ControlPlaneStatus.ofCall(drop.status()));
        }
      }
      selection = core.board().await(selection, deadlineNanos, this);
    }
  }

  private PickResult pick(PickInfo info) {
    try {
      return selection.picker().pick(info);
    } catch (RuntimeException e) { // a plugin's bug
      return PickResult.drop(
          Status.internal("the picker of " + core.settings().target() + " threw " + e));
    }
  }

  private ClientStream open(
      ClientTransport transport,
      PickResult.Complete complete,
      @Nullable Message message,
      boolean singleResponse,
      String encoding) {
    var settings = core.settings();
    long timeout = RequestHeaders.NO_TIMEOUT;
    if (deadlineNanos != NEVER) {
      timeout = Math.max(1, deadlineNanos - settings.clock().nanoTime());
    }
    var headers =
        new RequestHeaders(
            method.path(),
            options.authority().orElse(settings.authority()),
            timeout,
            method.codec(),
            encoding,
            settings.providers().acceptEncoding(),
            options.metadata().merged(complete.metadata()));
    var streamOptions = new StreamOptions(maxReceive(), singleResponse);
    picked = complete;
    var started =
        message == null
            ? transport.newStream(headers, streamOptions)
            : transport.newStream(headers, streamOptions, message);
    stream = started;
    var over = cancelled;
    if (over != null) {
      // whoever cancelled may have come, and let go, before there was a stream to see
      started.cancel(over);
      release(endOf(over));
    } else if (timeout != RequestHeaders.NO_TIMEOUT && timer == null) {
      timer = settings.clock().schedule(timeout, this);
    }
    return started;
  }

  /** Whether the request may be started again, because no server has seen it (A6). */
  boolean mayStartAgain(StreamEnd end, int earlier) throws InterruptedException {
    boolean unseen =
        switch (end.progress()) {
          case NOT_SENT -> true;
          case UNPROCESSED -> earlier == 0;
          case PROCESSED -> false;
        };
    if (!unseen || over() != null || picked == null) {
      return false;
    }
    release(end);
    if (earlier > 0) {
      // the connection's end travels to the picker through the scheduler: give it a moment
      long until = core.settings().clock().nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
      selection = core.board().await(selection, Math.min(until, deadlineNanos), this);
    } else {
      selection = core.board().current();
    }
    return selection.phase() != Selection.Phase.CLOSED;
  }

  /** Why the call has ended from this side, or null. */
  private @Nullable Status over() {
    if (cancelled == null
        && deadlineNanos != NEVER
        && deadlineNanos - core.settings().clock().nanoTime() <= 0) {
      cancelled = deadlineExceeded();
    }
    return cancelled;
  }

  /**
   * The end as the caller shall see it: a server that knows the deadline may reset the stream a
   * moment before our own timer runs.
   */
  StreamEnd seen(StreamEnd end) {
    if (end.status().code() == StatusCode.CANCELLED) {
      var over = over();
      if (over != null && over.code() == StatusCode.DEADLINE_EXCEEDED) {
        return new StreamEnd(over, end.trailers(), end.progress());
      }
    }
    return end;
  }

  private Status deadlineExceeded() {
    var why = stream == null ? unready : null;
    return Status.deadlineExceeded(
        "no answer from %s to %s within %d ms%s"
            .formatted(
                core.settings().target(),
                method,
                TimeUnit.NANOSECONDS.toMillis(deadlineNanos - startNanos),
                why == null ? "" : "; no connection: " + why.message()));
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
  void cancel(Status status) {
    synchronized (this) {
      if (cancelled == null) {
        cancelled = status;
      }
    }
    var running = stream;
    if (running != null) {
      running.cancel(status);
    } else {
      core.board().wake();
    }
  }

  /** Lets go of timer, parent and picker once the call has ended. */
  void ended(StreamEnd end) {
    core.idleWatch().end();
    if (timer != null) {
      timer.cancel();
    }
    if (parent != null) {
      parent.close();
    }
    release(end);
  }

  @SuppressWarnings("ReferenceEquality") // IGNORE is one object, and lambdas have no equals
  private void release(StreamEnd end) {
    PickResult.@Nullable Complete done;
    synchronized (this) {
      done = picked;
      picked = null;
    }
    if (done != null && done.onDone() != PickResult.Complete.IGNORE) {
      boolean answered = end.progress() == StreamEnd.Progress.PROCESSED && cancelled == null;
      done.onDone().accept(new DoneInfo(end.status(), end.trailers(), answered));
    }
  }

  /** An end with this status, for a call that has none of its own. */
  static StreamEnd endOf(Status status) {
    return new StreamEnd(status, Metadata.EMPTY, StreamEnd.Progress.PROCESSED);
  }
}

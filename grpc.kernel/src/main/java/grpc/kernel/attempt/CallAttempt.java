package grpc.kernel.attempt;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.kernel.pick.ControlPlaneStatus;
import grpc.kernel.registry.PluginFailure;
import grpc.kernel.retry.RetryPlan;
import grpc.kernel.subchannel.PickTarget;
import grpc.kernel.subchannel.ReadyConnection;
import grpc.spi.balancer.DoneInfo;
import grpc.spi.balancer.ForwardingSubConn;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.EndedStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.NonBlockingThread;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamOptions;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One way of a call to a connection: a pick and a stream. For one thread but {@link #ended}. */
public final class CallAttempt {
  /** How many attempts went before this one; not sent with the first (A6). */
  public static final MetadataKey<String> PREVIOUS_ATTEMPTS = MetadataKey.PREVIOUS_RPC_ATTEMPTS;

  private static final Logger log = LoggerFactory.getLogger("grpc.call");

  private static final StreamEnd INTERRUPTED =
      CallLifetime.endOf(
          Status.cancelled("the thread that asked call credentials was interrupted"));

  private final CallLifetime call;
  private @Nullable Peer peer; // known once there was a connection
  private AttemptObserver observer = AttemptObserver.NONE;
  private boolean over; // under the monitor, as is the next
  private PickResult.@Nullable Complete picked;

  /** An attempt that has no connection yet. */
  public CallAttempt(CallLifetime call) {
    this.call = call;
  }

  /**
   * Picks a connection and starts the stream on it; parks while the balancer queues the call.
   *
   * @param message the whole request, or null where messages follow
   * @param singleResponse whether one response is expected
   * @param encoding that of the messages
   * @param previous how many attempts went before, repetitions not counted
   * @param repeats whether it repeats one that no server has seen
   */
  public ClientStream start(
      @Nullable Message message,
      boolean singleResponse,
      String encoding,
      int previous,
      boolean repeats)
      throws InterruptedException {
    var over = call.over();
    if (over != null) {
      return EndedStream.unsent(over);
    }
    if (call.hasCredentials()) {
      NonBlockingThread.requireBlockingAllowed("asking call credentials");
    }
    observer = call.observer().attempt(previous, repeats);
    var selection = call.environment().currentPicker().current();
    long asked = isObserved() ? call.nanoTime() : 0;
    boolean waited = false;
    while (true) {
      switch (pick(selection.picker())) {
        case PickResult.Complete complete -> {
          if (!(ForwardingSubConn.innermost(complete.subConn()) instanceof PickTarget line)) {
            return EndedStream.unsent(
                Status.internal(
                    "a picker chose %s (expected: a SubConn from BalancerContext.newSubConn)"
                        .formatted(complete.subConn())));
          }
          picked(complete);
          var connection = line.connection();
          if (connection != null) {
            if (isObserved()) {
              observer.picked(line.address().socketAddress(), waited ? call.nanoTime() - asked : 0);
            }
            var metadata = call.options().metadata().merged(complete.metadata());
            if (call.hasCredentials()) {
              try {
                metadata = metadata.merged(AttemptCredentials.ask(call, connection.peer()));
              } catch (StatusException e) {
                return refused(connection, e.status());
              } catch (InterruptedException e) {
                ended(INTERRUPTED);
                throw e;
              }
            }
            var headers = headers(encoding, metadata, previous);
            return open(connection, headers, singleResponse, message);
          }
          // the connection was lost after the picker was made: the next one is on its way
          unpick(CallLifetime.endOf(Status.unavailable("the connection was lost before the call")));
        }
        case PickResult.Queue queue -> {}
        case PickResult.Fail fail -> {
          if (!call.effective().waitsForReady()) {
            return EndedStream.unsent(ControlPlaneStatus.ofCall(fail.status()));
          }
          call.notReady(fail.status());
        }
        case PickResult.Drop drop -> {
          return EndedStream.unsent(ControlPlaneStatus.ofCall(drop.status()));
        }
      }
      waited = true;
      selection = call.awaitNext(selection);
      over = call.over();
      if (over != null) {
        return EndedStream.unsent(over);
      }
    }
  }

  /**
   * The end of an attempt by its call's credentials. The server has not seen it, but it is not to
   * be repeated at once: a retry policy decides, as for a failure of the server's.
   */
  private ClientStream refused(ReadyConnection connection, Status why) {
    if (call.isOver()) {
      return EndedStream.unsent(why);
    }
    unpick(StreamEnd.of(why, Metadata.EMPTY, StreamEnd.Progress.NOT_SENT));
    peer = connection.peer();
    return EndedStream.of(StreamEnd.of(why));
  }

  private PickResult pick(Picker picker) {
    try {
      return Objects.requireNonNull(picker.pick(call), "its result (expected: a PickResult)");
    } catch (Throwable thrown) { // a plugin of another version throws LinkageErrors, too
      return PickResult.drop(PluginFailure.of("picker", picker, thrown).status());
    }
  }

  private static void tell(Consumer<DoneInfo> onDone, DoneInfo done) {
    try {
      onDone.accept(done);
    } catch (Throwable thrown) { // the call is over, whatever its picker thinks of that
      log.error("{}", PluginFailure.of("picker", onDone, thrown).getMessage(), thrown);
    }
  }

  private RequestHeaders headers(String encoding, Metadata chosen, int previous) {
    var metadata = isObserved() ? chosen.merged(observer.headers()) : chosen;
    var settings = call.environment().settings();
    return RequestHeaders.of(
        call.method().path(),
        call.authority(),
        call.timeoutNanos(),
        call.options().contentSubtype().orElse(call.method().codec()),
        encoding,
        settings.providers().acceptEncoding(),
        previous == 0 ? metadata : metadata.with(PREVIOUS_ATTEMPTS, Integer.toString(previous)));
  }

  private ClientStream open(
      ReadyConnection connection,
      RequestHeaders headers,
      boolean singleResponse,
      @Nullable Message message) {
    var options =
        StreamOptions.of(call.effective().maxReceive()).withSingleResponse(singleResponse);
    peer = connection.peer();
    var transport = connection.transport();
    call.ready();
    int size = message == null ? 0 : message.payload().remaining();
    ClientStream stream;
    try {
      stream =
          message == null
              ? transport.newStream(headers, options)
              : transport.newStream(headers, options, message);
    } catch (Throwable thrown) {
      var failure = PluginFailure.of("transport", transport, thrown);
      log.error("{}", failure.getMessage(), thrown);
      stream = EndedStream.of(StreamEnd.of(failure.status()));
    }
    if (!isObserved()) {
      return stream;
    }
    if (message != null) {
      observer.messageSent(size);
    }
    return new ObservedStream(stream, observer);
  }

  /** Whether there was a connection to start a stream on. */
  boolean isOpened() {
    return peer != null;
  }

  /** The ends of the connection that it had a stream on, null before that. */
  public @Nullable Peer peer() {
    return peer;
  }

  private synchronized void picked(PickResult.Complete complete) {
    picked = complete;
  }

  @SuppressWarnings("ReferenceEquality") // NONE is one object
  private boolean isObserved() {
    return observer != AttemptObserver.NONE;
  }

  /**
   * Waits until the attempt that follows this one is due. Where the call ends meanwhile, that
   * attempt ends with it.
   *
   * @param end of this attempt, whose response has not begun
   */
  public RetryPlan.Next awaitNext(StreamEnd end, RetryPlan plan) throws InterruptedException {
    if (!isOpened() || call.over() != null || !call.environment().repeats()) {
      return RetryPlan.Next.END;
    }
    var next = plan.after(end);
    switch (next) {
      case RetryPlan.Next.End e -> {}
      case RetryPlan.Next.Transparent t -> {
        ended(end);
        call.pauseBeforeRepeating(t.earlier());
      }
      case RetryPlan.Next.Retry r -> {
        ended(end);
        call.pause(r.nanos());
      }
    }
    return next;
  }

  /** The attempt has ended: tells the picker and who observes; only the first time, any thread. */
  public void ended(StreamEnd end) {
    unpick(end);
    if (isObserved()) {
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
      }
      observer.ended(end.status());
    }
  }

  /** Tells the picker how its choice ended, once. */
  @SuppressWarnings("ReferenceEquality") // IGNORE is one object, and lambdas have no equals
  private void unpick(StreamEnd end) {
    PickResult.@Nullable Complete done;
    synchronized (this) {
      done = picked;
      picked = null;
    }
    if (done != null && done.onDone() != PickResult.Complete.IGNORE) {
      boolean answered = end.progress() == StreamEnd.Progress.PROCESSED && !call.isOver();
      tell(
          done.onDone(),
          DoneInfo.of(end.status()).withTrailers(end.trailers()).withBytesReceived(answered));
    }
  }
}

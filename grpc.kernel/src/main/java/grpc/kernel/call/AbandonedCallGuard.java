package grpc.kernel.call;

import grpc.api.MethodDescriptor;
import grpc.api.Status;
import grpc.kernel.attempt.CallLifetime;
import grpc.kernel.attempt.CallStream;
import grpc.kernel.log.Abandoned;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.StreamEnd;
import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ends a streaming call once: its caller or, when the caller has forgotten the call, the
 * garbage collector. It must not refer to the object that the caller holds.
 *
 * <p>The trace of where a call was opened costs more than the call, so only those of methods that
 * have been forgotten once have it.
 */
final class AbandonedCallGuard implements Runnable {
  private static final Logger log = LoggerFactory.getLogger("grpc.abandoned");

  /** More than any program calls; there may be names of strangers' choice. */
  private static final int MOST_LEAKING = 1_000;

  /** Methods whose calls were abandoned, by their full names. */
  private static final Set<String> LEAKING = ConcurrentHashMap.newKeySet();

  private final CallLifetime call;
  private final @Nullable Throwable opened;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable ClientStream stream;
  private Cleaner.@Nullable Cleanable cleanable;

  private AbandonedCallGuard(CallLifetime call) {
    this.call = call;
    boolean traced = !LEAKING.isEmpty() && LEAKING.contains(call.method().fullName());
    this.opened = traced || log.isDebugEnabled() ? new Throwable("opened here") : null;
  }

  /**
   * Watches a call.
   *
   * @param held what its caller holds
   */
  static AbandonedCallGuard of(StreamingCall<?, ?> held, CallLifetime call) {
    var open = new AbandonedCallGuard(call);
    open.cleanable = Abandoned.CLEANER.register(held, open);
    return open;
  }

  /** The call has a stream. */
  ClientStream begin(ClientStream started) {
    stream = started;
    if (ended.get()) { // meanwhile, by another thread that did not see the stream
      CallStream.callEnded(started, CallLifetime.endOf(Status.cancelled("the call has ended")));
    }
    return started;
  }

  /** The call's stream, null before it has begun. */
  @Nullable ClientStream stream() {
    return stream;
  }

  /** Ends the call from this side, unless it has ended. */
  void cancel(Status status) {
    if (!ended.get()) {
      call.cancel(status);
      finish(CallLifetime.endOf(status));
    }
  }

  /** The call has ended. */
  void finish(StreamEnd end) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    var started = stream;
    if (started != null) {
      CallStream.callEnded(started, end);
    }
    call.ended(end.status());
    if (cleanable != null) {
      cleanable.clean();
    }
  }

  /** Nobody holds the call any more; also at its end, when there is nothing left to do. */
  @Override
  public void run() {
    if (!ended.get()) {
      if (LEAKING.size() < MOST_LEAKING) {
        LEAKING.add(call.method().fullName());
      }
      log.warn("{}", warning(call.method(), opened != null), opened);
      cancel(Status.cancelled("the call was abandoned by its caller"));
    }
  }

  static String warning(MethodDescriptor<?, ?> method, boolean opened) {
    return "a call of %s was abandoned before its end and is cancelled; close it, for example with try-with-resources (%s)"
        .formatted(
            method,
            opened
                ? "the trace shows where it was opened"
                : "the next such warning of this method shows where; so does the first, if the"
                    + " level of grpc.abandoned is DEBUG");
  }
}

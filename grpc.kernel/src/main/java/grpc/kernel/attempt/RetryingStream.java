package grpc.kernel.attempt;

import grpc.api.Peer;
import grpc.api.Status;
import grpc.kernel.retry.RetryBuffer;
import grpc.kernel.retry.RetryPlan;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.EndedStream;
import grpc.spi.transport.Message;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A call's attempts one after another (A6). Whoever waits for the call and finds that its attempt
 * has ended starts the next; others wait for that on {@link #turning}. Once the call is committed,
 * the current attempt is the call.
 */
final class RetryingStream implements CallStream {
  private final CallLifetime call;
  private final RetryPlan plan; // under the lock
  private final RetryBuffer buffer;
  private final boolean singleResponse;
  private final String encoding;
  private final ReentrantLock turning = new ReentrantLock();
  private volatile Replay current;
  private volatile boolean committed;

  RetryingStream(
      CallLifetime call,
      RetryPlan plan,
      RetryBuffer buffer,
      boolean singleResponse,
      String encoding) {
    this.call = call;
    this.plan = plan;
    this.buffer = buffer;
    this.singleResponse = singleResponse;
    this.encoding = encoding;
    this.current = ended(Status.cancelled("the call has not started"));
  }

  /**
   * Starts the first attempt.
   *
   * @param whole the only request, or null where requests follow
   * @return this stream, or its end where it has no connection to begin with
   */
  ClientStream start(@Nullable Message whole) throws InterruptedException {
    call.runs(this);
    boolean kept = true;
    if (whole != null) {
      kept = buffer.add(whole);
      buffer.halfClose();
    }
    open(false);
    if (!kept) {
      commit(current);
    }
    if (!current.attempt().isOpened()) {
      callEnded(current.stream().end());
      return current.stream();
    }
    return this;
  }

  private void open(boolean repeats) throws InterruptedException {
    var whole = buffer.whole();
    var attempt = new CallAttempt(call);
    var stream = attempt.start(whole, singleResponse, encoding, plan.retries(), repeats);
    var next = new Replay(attempt, stream, buffer, whole != null);
    current = next;
    var over = call.over();
    if (over != null) {
      // whoever ended the call may have looked before there was this attempt to see
      stream.cancel(over);
      attempt.ended(CallLifetime.endOf(over));
    }
    if (whole == null && (buffer.at(0) != null || buffer.endsAt(0))) {
      next.catchUpAside();
    }
  }

  private Replay ended(Status status) {
    return new Replay(new CallAttempt(call), EndedStream.unsent(status), buffer, false);
  }

  @Override
  public boolean send(Message message) throws InterruptedException {
    if (committed) {
      return current.pass(message);
    }
    if (!buffer.add(message)) {
      turning.lockInterruptibly();
      try {
        commit(current);
      } finally {
        turning.unlock();
      }
    }
    var sender = current;
    while (!sender.catchUp()) {
      if (!again(sender)) {
        return false;
      }
      sender = current;
    }
    return true;
  }

  @Override
  public void halfClose() {
    buffer.halfClose();
    current.finish();
  }

  @Override
  public Optional<ResponseHeaders> headers() throws InterruptedException {
    return settled().stream().headers();
  }

  @Override
  public Optional<Message> receive() throws InterruptedException {
    return settled().stream().receive();
  }

  @Override
  public StreamEnd end() throws InterruptedException {
    return settled().stream().end();
  }

  /** Waits until the response begins or there is no further attempt. */
  private Replay settled() throws InterruptedException {
    while (!committed) {
      var running = current;
      if (running.stream().headers().isPresent()) {
        commit(running);
      } else {
        again(running);
      }
    }
    return current;
  }

  private void commit(Replay chosen) {
    committed = true;
    chosen.choose();
  }

  /** Starts what follows this attempt, which has ended; false when nothing does. */
  private boolean again(Replay last) throws InterruptedException {
    turning.lockInterruptibly();
    try {
      if (!last.equals(current)) {
        return true; // another thread was faster
      }
      if (committed || last.stream().headers().isPresent() || !follow(last)) {
        commit(current);
        return false;
      }
      return true;
    } finally {
      turning.unlock();
    }
  }

  private boolean follow(Replay last) throws InterruptedException {
    var next = last.attempt().awaitNext(last.stream().end(), plan);
    if (next instanceof RetryPlan.Next.End) {
      return false;
    }
    open(next instanceof RetryPlan.Next.Transparent);
    return true;
  }

  @Override
  public void cancel(Status status) {
    current.stream().cancel(status);
  }

  @Override
  public @Nullable Peer peer() {
    return current.attempt().peer();
  }

  @Override
  public void callEnded(StreamEnd end) {
    buffer.release();
    current.attempt().ended(end);
  }
}

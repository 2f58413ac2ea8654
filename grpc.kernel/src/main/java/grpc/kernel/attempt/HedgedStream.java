package grpc.kernel.attempt;

import grpc.api.Peer;
import grpc.api.Status;
import grpc.kernel.retry.RetryBuffer;
import grpc.spi.transport.Message;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call whose attempts run side by side (A6, Hedging Policy): what is sent goes to all of them,
 * until one is chosen and is the call.
 *
 * @param hedges the attempts
 * @param buffer what has been sent
 */
record HedgedStream(Hedges hedges, RetryBuffer buffer) implements CallStream {
  /**
   * Starts the first attempt.
   *
   * @param whole the only request, or null where requests follow
   */
  HedgedStream start(CallLifetime call, @Nullable Message whole) {
    if (whole != null) {
      if (!buffer.add(whole)) {
        hedges.commit();
      }
      buffer.halfClose();
    }
    call.runs(this);
    hedges.begin();
    return this;
  }

  @Override
  public boolean send(Message message) throws InterruptedException {
    var chosen = hedges.chosen();
    if (chosen != null) {
      return chosen.pass(message);
    }
    if (!buffer.add(message)) {
      hedges.commit();
      return hedges.await().catchUp(); // which holds the sender back, as nothing else would
    }
    chosen = hedges.chosen();
    if (chosen != null) {
      return chosen.catchUp();
    }
    hedges.live().forEach(Replay::catchUpAside);
    return true;
  }

  @Override
  public void halfClose() {
    buffer.halfClose();
    hedges.live().forEach(Replay::finish);
  }

  @Override
  public Optional<ResponseHeaders> headers() throws InterruptedException {
    return hedges.await().stream().headers();
  }

  @Override
  public Optional<Message> receive() throws InterruptedException {
    return hedges.await().stream().receive();
  }

  @Override
  public StreamEnd end() throws InterruptedException {
    return hedges.await().stream().end();
  }

  @Override
  public void cancel(Status status) {
    hedges.cancel(status);
  }

  /** The chosen attempt's: while there are several, no one connection carries the call. */
  @Override
  public @Nullable Peer peer() {
    var chosen = hedges.chosen();
    return chosen == null ? null : chosen.attempt().peer();
  }

  @Override
  public void callEnded(StreamEnd end) {
    buffer.release();
    var chosen = hedges.chosen();
    if (chosen != null) {
      chosen.attempt().ended(end);
    }
  }
}

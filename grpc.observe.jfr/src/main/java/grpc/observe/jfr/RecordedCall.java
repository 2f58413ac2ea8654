package grpc.observe.jfr;

import grpc.api.Status;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.observe.CallObserver;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fills a call's event. One thread sends while another receives, so each direction has its own
 * fields.
 *
 * @param event the client's or the server's event
 * @param ended whether the event is committed
 */
record RecordedCall(CallEvent event, AtomicBoolean ended) implements CallObserver {
  RecordedCall(CallEvent event) {
    this(event, new AtomicBoolean());
    event.begin();
  }

  @Override
  public AttemptObserver attempt(int previous, boolean transparent) {
    if (!(event instanceof ClientCallEvent call)) {
      return AttemptObserver.NONE;
    }
    synchronized (event) { // hedges begin side by side
      call.attempts++;
    }
    var attempt = new AttemptEvent();
    if (!attempt.isEnabled() && !new PickEvent().isEnabled()) {
      return AttemptObserver.NONE;
    }
    attempt.method = call.method;
    attempt.target = call.target;
    attempt.previousAttempts = previous;
    attempt.transparent = transparent;
    return new RecordedAttempt(attempt);
  }

  @Override
  public void messageSent(int bytes, int wireBytes) {
    event.messagesSent++;
    event.bytesSent += bytes;
    event.wireBytesSent += wireBytes;
  }

  @Override
  public void messageReceived(int bytes, int wireBytes) {
    event.messagesReceived++;
    event.bytesReceived += bytes;
    event.wireBytesReceived += wireBytes;
  }

  @Override
  public void ended(Status status) {
    if (ended.compareAndSet(false, true)) {
      event.status = status.code().name();
      event.message = status.message();
      event.commit();
    }
  }
}

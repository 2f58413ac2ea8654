package grpc.observe.jfr;

import grpc.api.Status;
import grpc.spi.observe.AttemptObserver;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fills the events of an attempt and of its pick.
 *
 * @param event the event of the attempt
 * @param pick the event of its pick
 * @param pickOver whether the pick's event is committed
 */
record RecordedAttempt(AttemptEvent event, PickEvent pick, AtomicBoolean pickOver)
    implements AttemptObserver {
  RecordedAttempt(AttemptEvent event) {
    this(event, new PickEvent(), new AtomicBoolean());
    event.begin();
    pick.method = event.method;
    pick.target = event.target;
    pick.begin();
  }

  @Override
  public void picked(SocketAddress address, long waitedNanos) {
    event.address = address.toString();
    pick.address = event.address;
    endPick();
  }

  private void endPick() {
    if (pickOver.compareAndSet(false, true)) {
      pick.commit();
    }
  }

  @Override
  public void messageSent(int wireBytes) {
    event.wireBytesSent += wireBytes;
  }

  @Override
  public void messageReceived(int wireBytes) {
    event.wireBytesReceived += wireBytes;
  }

  @Override
  public void ended(Status status) {
    endPick();
    event.status = status.code().name();
    event.commit();
  }
}

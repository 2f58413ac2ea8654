package grpc.observe.jfr;

import grpc.api.Status;
import grpc.spi.observe.AttemptObserver;
import java.net.SocketAddress;

/**
 * Fills an attempt's event.
 *
 * @param event the event
 */
record RecordedAttempt(AttemptEvent event) implements AttemptObserver {
  RecordedAttempt {
    event.begin();
  }

  @Override
  public void picked(SocketAddress address, long waitedNanos) {
    event.address = address.toString();
    event.pickDelay = waitedNanos;
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
    event.status = status.code().name();
    event.commit();
  }
}

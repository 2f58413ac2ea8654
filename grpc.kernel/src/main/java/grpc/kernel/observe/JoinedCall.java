package grpc.kernel.observe;

import grpc.api.Status;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.observe.CallObserver;
import java.net.SocketAddress;
import java.util.List;

/**
 * Several observers of one call.
 *
 * @param calls in the order in which they hear
 */
record JoinedCall(List<CallObserver> calls) implements CallObserver {
  @Override
  public AttemptObserver attempt(int previous, boolean transparent) {
    return new JoinedAttempt(
        calls.stream().map(call -> call.attempt(previous, transparent)).toList());
  }

  @Override
  public void messageSent(int bytes, int wireBytes) {
    calls.forEach(call -> call.messageSent(bytes, wireBytes));
  }

  @Override
  public void messageReceived(int bytes, int wireBytes) {
    calls.forEach(call -> call.messageReceived(bytes, wireBytes));
  }

  @Override
  public void ended(Status status) {
    calls.forEach(call -> call.ended(status));
  }

  /**
   * Several observers of one attempt.
   *
   * @param attempts in the order in which they hear
   */
  record JoinedAttempt(List<AttemptObserver> attempts) implements AttemptObserver {
    @Override
    public void picked(SocketAddress address, long waitedNanos) {
      attempts.forEach(attempt -> attempt.picked(address, waitedNanos));
    }

    @Override
    public void messageSent(int wireBytes) {
      attempts.forEach(attempt -> attempt.messageSent(wireBytes));
    }

    @Override
    public void messageReceived(int wireBytes) {
      attempts.forEach(attempt -> attempt.messageReceived(wireBytes));
    }

    @Override
    public void ended(Status status) {
      attempts.forEach(attempt -> attempt.ended(status));
    }
  }
}

package grpc.kernel.observe;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.observe.CallObserver;
import java.net.SocketAddress;
import java.util.List;

/**
 * The observers of one call.
 *
 * @param telling calls them
 * @param calls in the order in which they are called
 */
record FanOutCallObserver(ObserverDispatch telling, List<CallObserver> calls)
    implements CallObserver {
  @Override
  public void resolved(long waitedNanos) {
    telling.each(calls, call -> call.resolved(waitedNanos));
  }

  @Override
  public AttemptObserver attempt(int previous, boolean transparent) {
    var attempts =
        telling.ask(calls, call -> call.attempt(previous, transparent), AttemptObserver.NONE);
    return attempts.isEmpty() ? AttemptObserver.NONE : new HeardAttempt(telling, attempts);
  }

  @Override
  public void messageSent(int bytes, int wireBytes) {
    telling.each(calls, call -> call.messageSent(bytes, wireBytes));
  }

  @Override
  public void messageReceived(int bytes, int wireBytes) {
    telling.each(calls, call -> call.messageReceived(bytes, wireBytes));
  }

  @Override
  public void ended(Status status) {
    telling.each(calls, call -> call.ended(status));
  }

  /**
   * The observers of one attempt.
   *
   * @param telling calls them
   * @param attempts in the order in which they are called
   */
  record HeardAttempt(ObserverDispatch telling, List<AttemptObserver> attempts)
      implements AttemptObserver {
    @Override
    public void picked(SocketAddress address, long waitedNanos) {
      telling.each(attempts, attempt -> attempt.picked(address, waitedNanos));
    }

    @Override
    public Metadata headers() {
      return telling.ask(attempts, AttemptObserver::headers, Metadata.EMPTY).stream()
          .reduce(Metadata.EMPTY, Metadata::merged);
    }

    @Override
    public void messageSent(int wireBytes) {
      telling.each(attempts, attempt -> attempt.messageSent(wireBytes));
    }

    @Override
    public void messageReceived(int wireBytes) {
      telling.each(attempts, attempt -> attempt.messageReceived(wireBytes));
    }

    @Override
    public void ended(Status status) {
      telling.each(attempts, attempt -> attempt.ended(status));
    }
  }
}

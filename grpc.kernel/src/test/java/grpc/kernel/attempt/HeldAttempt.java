package grpc.kernel.attempt;

import grpc.api.MethodDescriptor;
import grpc.spi.observe.AttemptObserver;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import java.net.SocketAddress;
import java.util.concurrent.CountDownLatch;

/** Holds one attempt of a call between its pick and its stream. */
final class HeldAttempt implements Observer {
  /** The attempt has its connection. */
  final CountDownLatch picked = new CountDownLatch(1);

  /** The attempt may have its stream. */
  final CountDownLatch mayGo = new CountDownLatch(1);

  private final int number;

  /**
   * Holds an attempt.
   *
   * @param number how many come before it
   */
  HeldAttempt(int number) {
    this.number = number;
  }

  @Override
  public String name() {
    return "held";
  }

  @Override
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return new CallObserver() {
      @Override
      public AttemptObserver attempt(int previous, boolean transparent) {
        return previous == number ? hold() : AttemptObserver.NONE;
      }
    };
  }

  private AttemptObserver hold() {
    return new AttemptObserver() {
      @Override
      public void picked(SocketAddress address, long waitedNanos) {
        picked.countDown();
        try {
          mayGo.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}

package examples.fanout;

import grpc.api.CallContext;
import grpc.api.StatusException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Makes several calls at once, each on a virtual thread, and returns the first successful answer.
 * It interrupts the threads of the others, which cancels their calls on both sides.
 */
public final class FirstAnswer {
  private FirstAnswer() {}

  /**
   * {@return the first answer}
   *
   * @param calls blocking calls of stubs; those made in a handler inherit its deadline
   * @throws StatusException when all of them fail: the exception of one of them
   * @throws InterruptedException when interrupted; all calls are then cancelled
   */
  public static <T> T of(List<Callable<T>> calls) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAny(calls.stream().map(CallContext::wrap).toList());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StatusException status
          ? new StatusException(status.status(), status.trailers(), e)
          : new IllegalStateException(e.getCause());
    }
  }
}

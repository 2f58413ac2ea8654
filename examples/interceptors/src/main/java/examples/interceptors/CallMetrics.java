package examples.interceptors;

import grpc.api.CallContext;
import grpc.api.MethodDescriptor;
import grpc.api.ServerCall;
import grpc.api.ServerInterceptor;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts a server's calls and sums up the time of handlers, by method and code. */
public final class CallMetrics implements ServerInterceptor {
  /**
   * The key of a count.
   *
   * @param method {@code package.Service/Method}
   * @param code the code of the calls' status
   */
  public record Key(String method, StatusCode code) {}

  /**
   * Calls of one key.
   *
   * @param calls their number
   * @param time their total time
   */
  public record Sum(long calls, Duration time) {}

  private record Adders(LongAdder calls, LongAdder nanos) {
    Adders() {
      this(new LongAdder(), new LongAdder());
    }

    Sum sum() {
      return new Sum(calls.sum(), Duration.ofNanos(nanos.sum()));
    }
  }

  @FunctionalInterface
  private interface Answer<T> {
    T run() throws Exception;
  }

  private final ConcurrentMap<Key, Adders> adders = new ConcurrentHashMap<>();

  /** Starts with no counts. */
  public CallMetrics() {}

  /** {@return the sums so far} */
  public Map<Key, Sum> sums() {
    var sums = new ConcurrentHashMap<Key, Sum>();
    adders.forEach((key, value) -> sums.put(key, value.sum()));
    return sums;
  }

  @Override
  public <Q, R> R interceptUnary(
      MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
      throws Exception {
    return count(method, () -> next.handle(request, context));
  }

  @Override
  public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
      throws Exception {
    var _ =
        count(
            call.method(),
            () -> {
              next.handle(call);
              return true;
            });
  }

  private <T> T count(MethodDescriptor<?, ?> method, Answer<T> answer) throws Exception {
    long start = System.nanoTime();
    var code = StatusCode.UNKNOWN;
    try {
      T result = answer.run();
      code = StatusCode.OK;
      return result;
    } catch (StatusException e) {
      code = e.code();
      throw e;
    } finally {
      var sum = adders.computeIfAbsent(new Key(method.fullName(), code), key -> new Adders());
      sum.calls.increment();
      sum.nanos.add(System.nanoTime() - start);
    }
  }
}

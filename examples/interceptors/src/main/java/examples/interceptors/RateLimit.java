package examples.interceptors;

import grpc.api.CallContext;
import grpc.api.MethodDescriptor;
import grpc.api.ServerCall;
import grpc.api.ServerInterceptor;
import grpc.api.Status;
import java.util.function.LongSupplier;

/** Lets so many calls through a second, and refuses more with RESOURCE_EXHAUSTED. */
public final class RateLimit implements ServerInterceptor {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final LongSupplier nanoTime;
  private double tokens;
  private long last;

  /**
   * A limit that begins with a second's worth of calls.
   *
   * @param perSecond calls a second
   * @param nanoTime as a rule {@code System::nanoTime}
   */
  public RateLimit(double perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.tokens = perSecond;
    this.last = nanoTime.getAsLong();
  }

  @Override
  public <Q, R> R interceptUnary(
      MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
      throws Exception {
    take();
    return next.handle(request, context);
  }

  @Override
  public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
      throws Exception {
    take();
    next.handle(call);
  }

  private synchronized void take() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(perSecond, tokens + (now - last) / NANOS * perSecond);
    last = now;
    if (tokens < 1) {
      throw Status.resourceExhausted("more than %s calls a second".formatted(perSecond))
          .asException();
    }
    tokens--;
  }
}

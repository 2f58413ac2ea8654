package grpc.kernel;

import grpc.api.Status;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;

/** For a resolver that is made and never started: it hears and runs nothing. */
record UnusedContext() implements ResolverContext, SerialScheduler {
  private static final int DEFAULT_PORT = 443;

  @Override
  public Status publish(ResolverState resolution) {
    return Status.OK;
  }

  @Override
  public SerialScheduler scheduler() {
    return this;
  }

  @Override
  public int defaultPort() {
    return DEFAULT_PORT;
  }

  @Override
  public void execute(Runnable task) {}

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return () -> {};
  }

  @Override
  public long nanoTime() {
    return 0;
  }
}

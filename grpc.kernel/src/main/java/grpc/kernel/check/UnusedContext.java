package grpc.kernel.check;

import grpc.api.ChannelCredentials;
import grpc.api.Status;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;

/** For a resolver that is made and never started: it publishes and runs nothing. */
record UnusedContext() implements ResolverContext, SerialScheduler {
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
    return ChannelCredentials.plaintext().defaultPort(); // any will do: it is not connected to
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

package grpc.testing;

import grpc.api.Status;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import java.util.ArrayList;
import java.util.List;

/** The channel around a resolver under test: it records the resolver's publications. */
public final class FakeResolverContext implements ResolverContext {
  private static final int DEFAULT_PORT = 80;

  private final FakeScheduler scheduler = new FakeScheduler();
  private final List<ResolverState> published = new ArrayList<>();
  private Status answer = Status.OK;

  /** Starts without publications, and accepts all. */
  public FakeResolverContext() {}

  /** Answers later publications with this status. */
  public void answer(Status status) {
    answer = status;
  }

  /** {@return all publications, the oldest first} */
  public List<ResolverState> published() {
    return List.copyOf(published);
  }

  @Override
  public Status publish(ResolverState resolution) {
    if (!scheduler.isRunning()) {
      throw new AssertionError("published outside the channel's serial executor: " + resolution);
    }
    published.add(resolution);
    return answer;
  }

  @Override
  public FakeScheduler scheduler() {
    return scheduler;
  }

  @Override
  public int defaultPort() {
    return DEFAULT_PORT;
  }
}

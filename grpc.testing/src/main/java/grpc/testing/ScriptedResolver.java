package grpc.testing;

import grpc.api.Status;
import grpc.resolver.manual.ManualResolver;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A resolver that the test controls. It records the channels' answers. For any thread. */
public final class ScriptedResolver implements ResolverProvider, ManualResolver.Listener {
  private final ManualResolver resolver;
  private final List<Status> answers = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Runnable answer = () -> {};

  /** A resolver of this scheme without a result yet. */
  public ScriptedResolver(String scheme) {
    this.resolver = new ManualResolver(scheme, this);
  }

  /** Publishes to channels that have started it, and to others as soon as they start it. */
  public void publish(ResolverState state) {
    resolver.update(state);
  }

  /** {@return whether a channel has started it and not closed it} */
  public boolean isStarted() {
    return resolver.channels() > 0;
  }

  /** {@return the channels' answers to publications, the oldest first} */
  public List<Status> answers() {
    return List.copyOf(answers);
  }

  /** {@return the number of requests for a fresh resolution} */
  public int resolutionsAsked() {
    return asked.get();
  }

  @Override
  public String scheme() {
    return resolver.scheme();
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    return resolver.create(target, context);
  }

  /** Runs this on the channel's executor for each request for a fresh resolution. */
  public void whenAsked(Runnable action) {
    answer = action;
  }

  @Override
  public void resolveNow(Target target) {
    asked.incrementAndGet();
    answer.run();
  }

  @Override
  public void answered(Target target, Status answer) {
    answers.add(answer);
  }
}

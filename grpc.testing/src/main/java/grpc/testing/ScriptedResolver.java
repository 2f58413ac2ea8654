package grpc.testing;

import grpc.api.Status;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A resolver that publishes what the test says, when the test says it, and tells what the channel
 * made of it. One channel at a time; for any thread.
 */
public final class ScriptedResolver implements ResolverProvider {
  private final String scheme;
  private final List<Status> answers = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Optional<ResolverState> next = Optional.empty();
  private volatile Optional<Watch> watch = Optional.empty();

  /** A resolver of this scheme with nothing to say yet. */
  public ScriptedResolver(String scheme) {
    this.scheme = scheme;
  }

  /** Publishes to the channel, or to the next one as soon as it starts. */
  public void publish(ResolverState state) {
    next = Optional.of(state);
    watch.ifPresent(Watch::publish);
  }

  /** {@return whether a channel has started it and not closed it} */
  public boolean isStarted() {
    return watch.isPresent();
  }

  /** {@return the channel's answers to what was published, the oldest first} */
  public List<Status> answers() {
    return List.copyOf(answers);
  }

  /** {@return how often a fresh resolution was asked for} */
  public int resolutionsAsked() {
    return asked.get();
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    return new Watch(context);
  }

  private final class Watch implements Resolver {
    private final ResolverContext context;

    Watch(ResolverContext context) {
      this.context = context;
    }

    void publish() {
      context
          .scheduler()
          .execute(() -> {
            if (watch.isPresent() && watch.get().equals(this)) {
              next.ifPresent(state -> answers.add(context.publish(state)));
            }
          });
    }

    @Override
    public void start() {
      watch = Optional.of(this);
      if (next.isPresent()) {
        publish();
      }
    }

    @Override
    public void resolveNow() {
      asked.incrementAndGet();
    }

    @Override
    public void close() {
      watch = Optional.empty();
    }
  }
}

package grpc.resolver.manual;

import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resolves every target of its scheme to what {@link #update} was told last, before channels start
 * or while they run. Safe for use by several threads.
 */
public final class ManualResolver implements ResolverProvider {
  private final String scheme;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private volatile Optional<ResolverState> current = Optional.empty();

  /** A resolver of this scheme that knows nothing yet: calls wait for the first update. */
  public ManualResolver(String scheme) {
    this.scheme = scheme;
  }

  /** Publishes a resolution to all channels, those that start later included. */
  public void update(ResolverState state) {
    current = Optional.of(state);
    watches.forEach(Watch::publish);
  }

  /** Publishes one endpoint an address. */
  public void update(SocketAddress... addresses) {
    update(
        new ResolverState.Resolved(
            Arrays.stream(addresses).map(a -> new Endpoint(new Address(a))).toList()));
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    return new Watch(context);
  }

  /** One channel's. Whichever update it is run for, it publishes the newest. */
  private final class Watch implements Resolver {
    private final ResolverContext context;

    Watch(ResolverContext context) {
      this.context = context;
    }

    void publish() {
      context
          .scheduler()
          .execute(() -> {
            if (watches.contains(this)) {
              current.ifPresent(context::publish);
            }
          });
    }

    @Override
    public void start() {
      watches.add(this);
      publish();
    }

    @Override
    public void close() {
      watches.remove(this);
    }
  }
}

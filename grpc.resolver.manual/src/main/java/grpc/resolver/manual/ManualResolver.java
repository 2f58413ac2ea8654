package grpc.resolver.manual;

import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Resolves every target of its scheme to what {@link #update} was told last, before channels start
 * or while they run. Any number of channels use it; each hears the newest update, and may miss one
 * that was replaced at once. Safe for use by several threads.
 *
 * <p>What a target names is only the {@code :authority} of its calls: {@code
 * backends:///greeter.example} carries {@code greeter.example}, and {@code backends:///}, as it
 * names no host, {@code localhost}. With TLS, the former is the name that certificates must have.
 */
public final class ManualResolver implements ResolverProvider {
  /** Hears what channels say; on the serial executor of the channel, so it must not block. */
  public interface Listener {
    /**
     * The channel to this target has lost connections and asks for a fresh resolution. Where there
     * is one, {@link ManualResolver#update} tells it; there need not be. An update made in here
     * reaches the channel later, on its executor, not before this returns.
     */
    default void resolveNow(Target target) {}

    /**
     * The channel to this target has taken an update.
     *
     * @param answer OK, or why it cannot use it: no endpoints, or a bad service config
     */
    default void answered(Target target, Status answer) {}
  }

  private static final Listener NOBODY = new Listener() {};

  /** RFC 3986 §3.1, in the lower case that targets are read in. */
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

  private final String scheme;
  private final Listener listener;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private volatile Optional<ResolverState> current = Optional.empty();

  /**
   * A resolver of this scheme that knows nothing yet: calls wait for the first update.
   *
   * @param scheme of the targets, such as {@code backends} for {@code backends:///}
   * @throws IllegalArgumentException when no target can have the scheme: it is a lower-case letter,
   *     then lower-case letters, digits, {@code +}, {@code .} and {@code -}
   */
  public ManualResolver(String scheme) {
    this(scheme, NOBODY);
  }

  /**
   * A resolver of this scheme that knows nothing yet: calls wait for the first update.
   *
   * @param scheme of the targets, such as {@code backends} for {@code backends:///}
   * @param listener hears what channels say
   * @throws IllegalArgumentException when no target can have the scheme: it is a lower-case letter,
   *     then lower-case letters, digits, {@code +}, {@code .} and {@code -}
   */
  public ManualResolver(String scheme, Listener listener) {
    if (!SCHEME.matcher(scheme).matches()) {
      throw new IllegalArgumentException(
          "scheme \""
              + scheme
              + "\": no target can have it (expected: a lower-case letter, then lower-case"
              + " letters, digits, \"+\", \".\" and \"-\", as in \"my-backends\")");
    }
    this.scheme = scheme;
    this.listener = listener;
  }

  /** Publishes a resolution, or its failure, to all channels, those that start later included. */
  public void update(ResolverState state) {
    current = Optional.of(state);
    watches.forEach(Watch::publish);
  }

  /** Publishes one endpoint an address, and no service config. */
  public void update(SocketAddress... addresses) {
    update(ResolverState.resolved(endpoints(addresses)));
  }

  /** Publishes one endpoint an address with this service config (A2), a JSON object. */
  public void updateWithConfig(String serviceConfigJson, SocketAddress... addresses) {
    update(ResolverState.resolved(endpoints(addresses)).withServiceConfig(serviceConfigJson));
  }

  private static List<Endpoint> endpoints(SocketAddress... addresses) {
    return Arrays.stream(addresses).map(a -> Endpoint.of(Address.of(a))).toList();
  }

  /**
   * Publishes that resolution failed. Channels that know endpoints keep them; calls of the others
   * fail with this status, unless they wait for ready.
   *
   * @param status why, not OK
   */
  public void fail(Status status) {
    update(ResolverState.failed(status));
  }

  /** {@return how many channels have started it and neither closed nor gone idle} */
  public int channels() {
    return watches.size();
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    return new Watch(target, context);
  }

  /** One channel's. Whichever update it is run for, it publishes the newest. */
  private final class Watch implements Resolver {
    private final Target target;
    private final ResolverContext context;

    Watch(Target target, ResolverContext context) {
      this.target = target;
      this.context = context;
    }

    void publish() {
      context
          .scheduler()
          .execute(() -> {
            if (watches.contains(this)) {
              current.ifPresent(state -> listener.answered(target, context.publish(state)));
            }
          });
    }

    @Override
    public void start() {
      watches.add(this);
      publish();
    }

    @Override
    public void resolveNow() {
      if (watches.contains(this)) {
        listener.resolveNow(target);
      }
    }

    @Override
    public void close() {
      watches.remove(this);
    }
  }
}

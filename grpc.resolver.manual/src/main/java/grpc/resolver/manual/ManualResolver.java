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
 * Resolves every target of its scheme to the last {@link #update}, made before channels start or
 * while they run. Any number of channels may use it. Each gets the newest update, and may miss one
 * that was replaced at once. Safe for use by several threads.
 *
 * <p>The target's endpoint sets only the {@code :authority} of the calls: {@code greeter.example}
 * for {@code backends:///greeter.example}, and {@code localhost} for {@code backends:///}, which
 * has no host. With TLS, certificates must have that name.
 */
public final class ManualResolver implements ResolverProvider {
  /**
   * Gets the answers and requests of channels. Runs on the serial executor of the channel, so it
   * must not block.
   */
  public interface Listener {
    /**
     * The channel to this target has lost connections and asks for a fresh resolution. If you have
     * one, pass it to {@link ManualResolver#update}; you may also ignore the request. The channel
     * gets an update made in here after this method has returned.
     */
    default void resolveNow(Target target) {}

    /**
     * The channel to this target has answered an update.
     *
     * @param answer OK, or the reason why the channel cannot use it: no endpoints, or a bad service
     *     config
     */
    default void answered(Target target, Status answer) {}
  }

  private static final Listener IGNORE = new Listener() {};

  /** RFC 3986 §3.1; targets are read in lower case. */
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

  private final String scheme;
  private final Listener listener;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private volatile Optional<ResolverState> current = Optional.empty();

  /**
   * A resolver of this scheme without endpoints: calls wait for the first update.
   *
   * @param scheme of the targets, such as {@code backends} for {@code backends:///}
   * @throws IllegalArgumentException when no target can have the scheme: it is a lower-case letter,
   *     then lower-case letters, digits, {@code +}, {@code .} and {@code -}
   */
  public ManualResolver(String scheme) {
    this(scheme, IGNORE);
  }

  /**
   * A resolver of this scheme without endpoints: calls wait for the first update.
   *
   * @param scheme of the targets, such as {@code backends} for {@code backends:///}
   * @param listener gets the answers and requests of channels
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

  /** Publishes a resolution, or its failure, to all channels, also to those that start later. */
  public void update(ResolverState state) {
    current = Optional.of(state);
    watches.forEach(Watch::publish);
  }

  /** Publishes one endpoint per address, and no service config. */
  public void update(SocketAddress... addresses) {
    update(ResolverState.resolved(endpoints(addresses)));
  }

  /** Publishes one endpoint per address with this service config (A2), a JSON object. */
  public void updateWithConfig(String serviceConfigJson, SocketAddress... addresses) {
    update(ResolverState.resolved(endpoints(addresses)).withServiceConfig(serviceConfigJson));
  }

  private static List<Endpoint> endpoints(SocketAddress... addresses) {
    return Arrays.stream(addresses).map(a -> Endpoint.of(Address.of(a))).toList();
  }

  /**
   * Publishes that resolution failed. Channels with endpoints keep them; calls of other channels
   * fail with this status, unless they wait for ready.
   *
   * @param status the failure, not OK
   */
  public void fail(Status status) {
    update(ResolverState.failed(status));
  }

  /** {@return the number of channels that use it: started, and neither closed nor idle} */
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

  /** The resolver of one channel. It always publishes the newest update. */
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

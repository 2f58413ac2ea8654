package grpc.balancer.base;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.GracefulSwitch;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.resolver.ResolverState.Resolved;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The children of a policy by key: their state and picker, and one announcement for each burst of
 * their changes. A child switches gracefully when it gets another policy. On the channel's serial
 * executor, like all balancers.
 *
 * <p>A parent forwards its own {@code resolverFailed}, {@code exitIdle} and {@code close} to the
 * methods of the same names. In {@code accept} it calls {@link #together}, and in that {@link
 * #remove} and {@link #accept}. It need not make all children at once: one that it needs later, as
 * {@code priority} does, it makes by {@link #accept} alone.
 *
 * @param <K> what names a child; equal keys are one child
 */
public final class ChildPolicies<K> implements AutoCloseable {
  private final BalancerContext context;
  private final Parent<K> parent;
  private final Map<K, Child<K>> children = new LinkedHashMap<>();
  private boolean quiet;
  private boolean announced;
  private boolean closed;

  /**
   * What a parent does for its children.
   *
   * @param <K> what names a child
   */
  public interface Parent<K> {
    /**
     * Takes notice of changes: publish what the children amount to ({@link Aggregate}). Called once
     * after each burst.
     *
     * @param children all, in the order in which they were made
     */
    void changed(List<Child<K>> children);

    /**
     * {@return the idle children to connect before {@link #changed}, none unless overridden} An
     * IDLE child connects when it is picked. Name those that your picker will not pick from: they
     * would be IDLE until the next {@code exitIdle}.
     */
    default Collection<Child<K>> toConnect(List<Child<K>> children) {
      return List.of();
    }

    /**
     * {@return what the new child sees of the channel; the parent's own context unless overridden}
     * Return a {@link ForwardingBalancerContext} to name the child in messages, or to see its
     * subchannels. Updates need not be overridden: they do not reach it.
     */
    default BalancerContext contextOf(Child<K> child, BalancerContext context) {
      return context;
    }
  }

  /**
   * No children.
   *
   * @param context the parent's
   */
  public ChildPolicies(BalancerContext context, Parent<K> parent) {
    this.context = context;
    this.parent = parent;
  }

  /**
   * Runs changes as one burst. What children publish in it is announced once, at its end.
   *
   * @return what the changes return
   */
  public Status together(Supplier<Status> changes) {
    Status status;
    quiet = true;
    try {
      status = changes.get();
    } finally {
      quiet = false;
    }
    announce();
    return status;
  }

  /**
   * Makes the child if it is new, and gives it this resolution.
   *
   * @param policy the child's policy with its configuration
   * @return the child's answer
   */
  public Status accept(K key, Resolved resolved, Policies.Choice<?> policy) {
    var child = children.get(key);
    if (child == null) {
      child = new Child<>(key, this);
      children.put(key, child);
    }
    return child.policy.accept(resolved, policy);
  }

  /** Closes this child if there is one, and forgets it. */
  public void remove(K key) {
    var child = children.remove(key);
    if (child != null) {
      child.policy.close();
    }
  }

  /** {@return all children, in the order in which they were made} */
  public List<Child<K>> children() {
    return List.copyOf(children.values());
  }

  /** Hands all children the failure of the resolver. */
  public void resolverFailed(Status status) {
    children().forEach(child -> child.policy.resolverFailed(status));
  }

  /** Connects all idle children. */
  public void exitIdle() {
    children().forEach(Child::exitIdle);
  }

  /**
   * Announces the children after the burst that is under way. For a parent that learns by itself of
   * a change, such as the health of a server.
   */
  public void changed() {
    if (!quiet && !announced) {
      announced = true;
      context.scheduler().execute(this::announceIfDue);
    }
  }

  @Override
  public void close() {
    closed = true;
    children().forEach(child -> remove(child.key));
  }

  private void announceIfDue() {
    if (announced) { // else a burst by together has come before
      announce();
    }
  }

  private void announce() {
    announced = false;
    if (closed) {
      return;
    }
    quiet = true; // what they publish at once belongs to this announcement
    try {
      parent.toConnect(children()).forEach(Child::exitIdle);
    } finally {
      quiet = false;
    }
    parent.changed(children());
  }

  /**
   * One child.
   *
   * @param <K> what names it
   */
  public static final class Child<K> {
    private final K key;
    private final GracefulSwitch policy;
    private ConnectivityState lasting = ConnectivityState.CONNECTING;

    private Child(K key, ChildPolicies<K> children) {
      this.key = key;
      this.policy =
          new GracefulSwitch(
              new ForwardingBalancerContext(children.parent.contextOf(this, children.context)) {
                @Override
                public void update(ConnectivityState state, Picker picker) {
                  remember(state);
                  children.changed();
                }
              });
    }

    private void remember(ConnectivityState state) {
      boolean recovering =
          lasting instanceof ConnectivityState.TransientFailure
              && state instanceof ConnectivityState.Connecting;
      if (!recovering) {
        lasting = state;
      }
    }

    /** {@return what names it} */
    public K key() {
      return key;
    }

    /** {@return the state that it published last; CONNECTING before there is one} */
    public ConnectivityState state() {
      return policy.state();
    }

    /**
     * {@return its state, in which a failure lasts until READY or IDLE} For a parent that has other
     * children to go to: one that fails and connects by turns is not worth to wait for.
     */
    public ConnectivityState lastingState() {
      return lasting;
    }

    /** {@return the picker that it published last; one that queues before there is one} */
    public Picker picker() {
      return policy.picker();
    }

    /** Connects it if it is idle. */
    public void exitIdle() {
      policy.exitIdle();
    }
  }
}

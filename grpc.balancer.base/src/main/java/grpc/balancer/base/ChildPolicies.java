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
 * #remove} and {@link #accept}. It need not make all children at once: to make one later, as {@code
 * priority} does, it calls {@link #accept} alone.
 *
 * @param <K> the key of a child; equal keys are one child
 */
public final class ChildPolicies<K> implements AutoCloseable {
  private final BalancerContext context;
  private final Parent<K> parent;
  private final Map<K, Child<K>> children = new LinkedHashMap<>();
  private boolean quiet;
  private boolean announced;
  private boolean closed;

  /**
   * The parent's part. You implement it.
   *
   * @param <K> the key of a child
   */
  public interface Parent<K> {
    /**
     * The children have changed: publish their aggregate ({@link Aggregate}). Called once after
     * each burst.
     *
     * @param children all, in the order in which they were made
     */
    void changed(List<Child<K>> children);

    /**
     * {@return the idle children to connect before {@link #changed}; none by default} An IDLE child
     * connects when it is picked. Return those that your picker does not pick from: they would stay
     * IDLE until the next {@code exitIdle}.
     */
    default Collection<Child<K>> toConnect(List<Child<K>> children) {
      return List.of();
    }

    /**
     * {@return the context of a new child; by default the parent's own} Return a {@link
     * ForwardingBalancerContext} to name the child in messages, or to see its subchannels. You need
     * not override its {@code update}: it is not called.
     */
    default BalancerContext contextOf(Child<K> child, BalancerContext context) {
      return context;
    }
  }

  /**
   * Starts with no children.
   *
   * @param context the parent's
   */
  public ChildPolicies(BalancerContext context, Parent<K> parent) {
    this.context = context;
    this.parent = parent;
  }

  /**
   * Runs changes as one burst: one announcement at its end covers all that children publish in it.
   *
   * @return the result of the changes
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

  /** Passes the failure of the resolver to all children. */
  public void resolverFailed(Status status) {
    children().forEach(child -> child.policy.resolverFailed(status));
  }

  /** Connects all idle children. */
  public void exitIdle() {
    children().forEach(Child::exitIdle);
  }

  /**
   * Announces the children after the running burst. Call it if you notice a change by yourself,
   * such as the health of a server.
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
    quiet = true; // this announcement covers all that they publish at once
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
   * @param <K> its key
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

    /** {@return its key} */
    public K key() {
      return key;
    }

    /** {@return the state that it published last; CONNECTING before there is one} */
    public ConnectivityState state() {
      return policy.state();
    }

    /**
     * {@return its state, in which a failure lasts until READY or IDLE} For a parent with other
     * children to pick from: calls should not wait for a child that fails and connects by turns.
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

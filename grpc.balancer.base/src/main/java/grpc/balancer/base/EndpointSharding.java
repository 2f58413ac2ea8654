package grpc.balancer.base;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState.Resolved;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A child balancer for each endpoint. A child lives as long as its endpoint, in any order, and
 * reconnects when it goes idle. The state of a connected child is its server's health, if the
 * channel checks health (A17). The parent gets one change for each resolution, and one for each
 * burst of the children's changes. On the channel's serial executor, like all balancers.
 */
public final class EndpointSharding implements AutoCloseable {
  private final Policies.Choice<?> childPolicy;
  private final Consumer<List<Child>> changed;
  private final ChildPolicies<Child> policies;
  private final Map<Set<Address>, Child> children = new LinkedHashMap<>();

  /**
   * Starts with no endpoints.
   *
   * @param context the parent's
   * @param childPolicy the policy within an endpoint
   * @param changed gets all children after each burst of changes
   */
  public EndpointSharding(
      BalancerContext context, Policies.Choice<?> childPolicy, Consumer<List<Child>> changed) {
    this.childPolicy = childPolicy;
    this.changed = changed;
    this.policies = new ChildPolicies<>(context, new Sharding());
  }

  /**
   * Makes, updates and closes children, so that there is one per endpoint; equal endpoints share
   * one.
   */
  public Status accept(Resolved resolved) {
    var endpoints = new LinkedHashMap<Set<Address>, Endpoint>();
    for (var endpoint : resolved.endpoints()) {
      endpoints.putIfAbsent(Set.copyOf(endpoint.addresses()), endpoint);
    }
    return policies.together(() -> {
      removeAllBut(endpoints.keySet());
      Status status = Status.OK;
      for (var entry : endpoints.entrySet()) {
        var answer = accept(entry.getKey(), entry.getValue(), resolved);
        status = answer.isOk() ? status : answer;
      }
      return status;
    });
  }

  private void removeAllBut(Set<Set<Address>> resolved) {
    for (var entries = children.entrySet().iterator(); entries.hasNext(); ) {
      var entry = entries.next();
      if (!resolved.contains(entry.getKey())) {
        entries.remove();
        policies.remove(entry.getValue());
      }
    }
  }

  private Status accept(Set<Address> key, Endpoint endpoint, Resolved resolved) {
    var child = children.get(key);
    if (child == null) {
      child = new Child(endpoint);
      children.put(key, child);
    }
    child.endpoint = endpoint;
    return policies.accept(child, resolved.withEndpoints(List.of(endpoint)), childPolicy);
  }

  /** Passes the failure of the resolver to all children. */
  public void resolverFailed(Status status) {
    policies.resolverFailed(status);
  }

  /** Connects all idle children. */
  public void exitIdle() {
    policies.exitIdle();
  }

  /** {@return all children in the order of their endpoints' first appearance} */
  public List<Child> children() {
    return List.copyOf(children.values());
  }

  @Override
  public void close() {
    policies.close();
    children.clear();
  }

  private final class Sharding implements ChildPolicies.Parent<Child> {
    @Override
    public void changed(List<ChildPolicies.Child<Child>> all) {
      changed.accept(children());
    }

    @Override
    public List<ChildPolicies.Child<Child>> toConnect(List<ChildPolicies.Child<Child>> all) {
      return all.stream().filter(child -> child.state() instanceof ConnectivityState.Idle).toList();
    }

    @Override
    public BalancerContext contextOf(ChildPolicies.Child<Child> child, BalancerContext context) {
      return child.key().start(child, context);
    }
  }

  /** One endpoint's balancer with its last published state and picker. */
  public final class Child {
    private Endpoint endpoint;
    private ChildPolicies.@Nullable Child<Child> policy;
    private Optional<SubConn> connected = Optional.empty();
    private ConnectivityState health = ConnectivityState.READY;

    private Child(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    private BalancerContext start(ChildPolicies.Child<Child> made, BalancerContext context) {
      policy = made;
      return new ForwardingBalancerContext(context) {
        @Override
        public SubConn newSubConn(Address address, SubConn.Listener listener) {
          return super.newSubConn(
              address,
              (subConn, now) -> {
                connectionChanged(subConn, now);
                listener.changed(subConn, now);
              });
        }
      };
    }

    private void connectionChanged(SubConn subConn, ConnectivityState now) {
      if (now instanceof ConnectivityState.Ready) {
        subConn.watchHealth(this::healthChanged);
      } else if (connected.equals(Optional.of(subConn))) {
        connected = Optional.empty();
        health = ConnectivityState.READY;
      }
    }

    private void healthChanged(SubConn subConn, ConnectivityState now) {
      connected = Optional.of(subConn);
      health = now;
      policies.changed();
    }

    private ConnectivityState connectivity() {
      var own = policy;
      return own == null ? ConnectivityState.CONNECTING : own.state();
    }

    /** {@return the endpoint as it was resolved last} */
    public Endpoint endpoint() {
      return endpoint;
    }

    /** {@return its connectivity; if it is connected, its health} */
    public ConnectivityState state() {
      var connectivity = connectivity();
      return connectivity instanceof ConnectivityState.Ready ? health : connectivity;
    }

    /** {@return its picker} */
    public Picker picker() {
      var own = policy;
      return switch (state()) {
        case ConnectivityState.Connecting c -> Picker.QUEUE;
        case ConnectivityState.TransientFailure(Status status)
            when connectivity() instanceof ConnectivityState.Ready ->
            Picker.of(PickResult.fail(status));
        default -> own == null ? Picker.QUEUE : own.picker();
      };
    }

    /** Connects it if it is idle. */
    public void exitIdle() {
      var own = policy;
      if (own != null) {
        own.exitIdle();
      }
    }
  }
}

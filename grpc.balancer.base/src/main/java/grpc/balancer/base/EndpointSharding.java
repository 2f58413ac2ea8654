package grpc.balancer.base;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.GracefulSwitch;
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

/**
 * A child balancer an endpoint. Children are kept while their endpoint is, whatever its order among
 * the others, and those that go idle are connected again. A connected child is as good as its
 * server's health is, where the channel asks for it (A17). All that happens within one resolution,
 * or within one burst of the children's changes, reaches the parent as one change. On the channel's
 * serial executor, like all balancers.
 */
public final class EndpointSharding implements AutoCloseable {
  private final BalancerContext context;
  private final Policies.Choice<?> childPolicy;
  private final Consumer<List<Child>> changed;
  private final Map<Set<Address>, Child> children = new LinkedHashMap<>();
  private boolean quiet;
  private boolean announced;
  private boolean closed;

  /**
   * Shards with no endpoints.
   *
   * @param context the parent's
   * @param childPolicy what balances within an endpoint
   * @param changed hears of all children after each burst of changes
   */
  public EndpointSharding(
      BalancerContext context, Policies.Choice<?> childPolicy, Consumer<List<Child>> changed) {
    this.context = context;
    this.childPolicy = childPolicy;
    this.changed = changed;
  }

  /** Makes, updates and closes children until there is one an endpoint; two equal ones share it. */
  public Status accept(Resolved resolved) {
    quiet = true;
    var endpoints = new LinkedHashMap<Set<Address>, Endpoint>();
    for (var endpoint : resolved.endpoints()) {
      endpoints.putIfAbsent(Set.copyOf(endpoint.addresses()), endpoint);
    }
    for (var entries = children.entrySet().iterator(); entries.hasNext(); ) {
      var entry = entries.next();
      if (!endpoints.containsKey(entry.getKey())) {
        entries.remove();
        entry.getValue().balancer.close();
      }
    }
    Status status = Status.OK;
    for (var entry : endpoints.entrySet()) {
      var child = children.computeIfAbsent(entry.getKey(), k -> new Child(entry.getValue()));
      var one = resolved.withEndpoints(List.of(entry.getValue()));
      child.endpoint = entry.getValue();
      var answer = child.balancer.accept(one, childPolicy);
      status = answer.isOk() ? status : answer;
    }
    quiet = false;
    announce();
    return status;
  }

  /** Tells all children that resolution failed. */
  public void resolverFailed(Status status) {
    children.values().forEach(child -> child.balancer.resolverFailed(status));
  }

  /** Has all idle children connect. */
  public void exitIdle() {
    children.values().forEach(Child::exitIdle);
  }

  /** {@return all children in the order of their endpoints' first appearance} */
  public List<Child> children() {
    return List.copyOf(children.values());
  }

  @Override
  public void close() {
    closed = true;
    children.values().forEach(child -> child.balancer.close());
    children.clear();
  }

  private void childChanged() {
    if (!quiet && !announced) {
      announced = true;
      context.scheduler().execute(this::announce);
    }
  }

  private void announce() {
    announced = false;
    if (closed) {
      return;
    }
    quiet = true; // what they publish at once belongs to this announcement
    for (var child : children()) {
      if (child.state() instanceof ConnectivityState.Idle) {
        child.exitIdle();
      }
    }
    quiet = false;
    changed.accept(children());
  }

  /** One endpoint's balancer with what it published last. */
  public final class Child extends ForwardingBalancerContext {
    private Endpoint endpoint;
    private final GracefulSwitch balancer = new GracefulSwitch(this);
    private ConnectivityState state = ConnectivityState.CONNECTING;
    private Picker picker = Picker.QUEUE;
    private Optional<SubConn> connected = Optional.empty();
    private ConnectivityState health = ConnectivityState.READY;

    private Child(Endpoint endpoint) {
      super(context);
      this.endpoint = endpoint;
    }

    /** {@return the endpoint as it was resolved last} */
    public Endpoint endpoint() {
      return endpoint;
    }

    /** {@return its connectivity; of a connected one its health} */
    public ConnectivityState state() {
      return state instanceof ConnectivityState.Ready ? health : state;
    }

    /** {@return its picker} */
    public Picker picker() {
      return switch (state()) {
        case ConnectivityState.Connecting c -> Picker.QUEUE;
        case ConnectivityState.TransientFailure(Status status)
            when state instanceof ConnectivityState.Ready ->
            Picker.of(PickResult.fail(status));
        default -> picker;
      };
    }

    /** Has it connect if it is idle. */
    public void exitIdle() {
      balancer.exitIdle();
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return super.newSubConn(
          address,
          (subConn, now) -> {
            if (now instanceof ConnectivityState.Ready) {
              subConn.watchHealth(this::healthChanged);
            } else if (connected.equals(Optional.of(subConn))) {
              connected = Optional.empty();
              health = ConnectivityState.READY;
            }
            listener.changed(subConn, now);
          });
    }

    private void healthChanged(SubConn subConn, ConnectivityState now) {
      connected = Optional.of(subConn);
      health = now;
      childChanged();
    }

    @Override
    public void update(ConnectivityState connectivity, Picker next) {
      state = connectivity;
      picker = next;
      childChanged();
    }
  }
}

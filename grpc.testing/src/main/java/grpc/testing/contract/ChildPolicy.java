package grpc.testing.contract;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState;
import java.util.ArrayList;
import java.util.List;

/** A policy whose balancers are the children of a parent under test; the test controls them. */
final class ChildPolicy implements BalancerProvider<NoConfig> {
  private final String name;
  private final List<Child> made = new ArrayList<>();
  private ConnectivityState first = ConnectivityState.CONNECTING;

  ChildPolicy(String name) {
    this.name = name;
  }

  @Override
  public String policyName() {
    return name;
  }

  @Override
  public NoConfig parseConfig(JsonObject json, Policies policies) {
    return NoConfig.NONE;
  }

  @Override
  public Balancer<NoConfig> create(BalancerContext context) {
    var child = new Child(context);
    made.add(child);
    return child;
  }

  /**
   * Makes children publish this when they get their first resolution; the default is CONNECTING.
   */
  void starting(ConnectivityState state) {
    first = state;
  }

  /** The open children, the oldest first. */
  List<Child> live() {
    return made.stream().filter(child -> !child.closed).toList();
  }

  /** One balancer. */
  final class Child implements Balancer<NoConfig> {
    private final BalancerContext context;
    private final List<SubConn> subConns = new ArrayList<>();
    private ConnectivityState state = ConnectivityState.CONNECTING;
    private boolean closed;
    private int picks;
    private int failures;

    private Child(BalancerContext context) {
      this.context = context;
    }

    /** Publishes the state, with a picker that counts. */
    void becomes(ConnectivityState next) {
      state = next;
      context.update(next, info -> pick(next));
    }

    private PickResult pick(ConnectivityState published) {
      picks++;
      return switch (published) {
        case ConnectivityState.Ready r -> PickResult.complete(subConns.getFirst());
        case ConnectivityState.TransientFailure(Status status) -> PickResult.fail(status);
        case ConnectivityState.Idle i -> {
          context.scheduler().execute(this::exitIdle); // a call needs it
          yield PickResult.QUEUE;
        }
        default -> PickResult.QUEUE;
      };
    }

    ConnectivityState state() {
      return state;
    }

    /** The number of calls that it got. */
    int picks() {
      return picks;
    }

    /** The number of failed resolutions that it got. */
    int failures() {
      return failures;
    }

    @Override
    public Status accept(ResolverState.Resolved resolved, NoConfig config) {
      if (subConns.isEmpty() && !resolved.endpoints().isEmpty()) {
        var address = resolved.endpoints().getFirst().addresses().getFirst();
        subConns.add(context.newSubConn(address, (subConn, now) -> {}));
        becomes(first);
      }
      return Status.OK;
    }

    @Override
    public void resolverFailed(Status status) {
      failures++;
    }

    @Override
    public void exitIdle() {
      if (state instanceof ConnectivityState.Idle && !closed) {
        becomes(ConnectivityState.CONNECTING); // at once, as pick_first does
      }
    }

    @Override
    public void close() {
      closed = true;
      subConns.forEach(SubConn::shutdown);
    }

    @Override
    public String toString() {
      return "child in " + state;
    }
  }
}

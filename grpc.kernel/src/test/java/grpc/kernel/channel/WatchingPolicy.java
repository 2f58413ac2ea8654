package grpc.kernel.channel;

import grpc.api.ConnectivityState;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.Address;
import java.util.ArrayList;
import java.util.List;

/** round_robin in a wrapper that wants to know the health of its connections, too. */
public final class WatchingPolicy implements BalancerProvider<NoConfig> {
  /** What it has heard. */
  public final List<ConnectivityState> heard = new ArrayList<>();

  /** The message of what its listener throws from now on; empty for nothing. */
  public String bug = "";

  @Override
  public String policyName() {
    return "watching";
  }

  @Override
  public NoConfig parseConfig(JsonObject json, Policies policies) {
    return NoConfig.NONE;
  }

  @Override
  public Balancer<NoConfig> create(BalancerContext context) {
    return context.policy("round_robin").orElseThrow().create(new Watching(context));
  }

  public void healthChanged(SubConn subConn, ConnectivityState now) {
    heard.add(now);
    if (!bug.isEmpty()) {
      throw new IllegalStateException(bug);
    }
  }

  private final class Watching extends ForwardingBalancerContext {
    Watching(BalancerContext context) {
      super(context);
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return super.newSubConn(
          address,
          (subConn, now) -> {
            listener.changed(subConn, now);
            if (now instanceof ConnectivityState.Ready) {
              subConn.watchHealth(WatchingPolicy.this::healthChanged);
            }
          });
    }
  }
}

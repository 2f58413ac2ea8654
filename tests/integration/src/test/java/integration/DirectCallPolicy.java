package integration;

import grpc.api.Channel;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** round_robin, and the channels of its connections as they become READY. */
final class DirectCallPolicy implements BalancerProvider<NoConfig> {
  static final String POLICY = "asking_round_robin";

  final BlockingQueue<Channel> ready = new LinkedBlockingQueue<>();

  @Override
  public String policyName() {
    return POLICY;
  }

  @Override
  public NoConfig parseConfig(JsonObject json, Policies policies) {
    return NoConfig.NONE;
  }

  @Override
  public Balancer<NoConfig> create(BalancerContext context) {
    return context.policy("round_robin").orElseThrow().create(new Context(context));
  }

  private final class Context extends ForwardingBalancerContext {
    Context(BalancerContext channel) {
      super(channel);
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return super.newSubConn(
          address,
          (subConn, now) -> {
            if (now instanceof ConnectivityState.Ready) {
              ready.add(subConn.channel());
            }
            listener.changed(subConn, now);
          });
    }
  }
}

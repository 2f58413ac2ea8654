package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.Status;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.Endpoints;
import grpc.testing.FakeBalancer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a policy's wish for a fresh resolution becomes, with a resolver that answers at once. */
class ResolutionHintsTest {
  private static final Resolved RESOLVED =
      Endpoints.of(1).withServiceConfig("{\"loadBalancingConfig\":[{\"asking\":{}}]}");

  private final Asking policy = new Asking();
  private final TestChannel channel = new TestChannel(policy);

  @AfterEach
  void close() {
    channel.close();
  }

  /** Asks twice, of the first resolution. */
  private static final class Asking implements BalancerProvider<NoConfig> {
    private int accepted;

    @Override
    public String policyName() {
      return "asking";
    }

    @Override
    public NoConfig parseConfig(JsonObject json, Policies policies) {
      return NoConfig.NONE;
    }

    @Override
    public FakeBalancer<NoConfig> create(BalancerContext context) {
      return (resolved, config) -> {
        accepted++;
        if (accepted == 1) {
          context.resolveNow();
          context.resolveNow();
        }
        return Status.OK;
      };
    }
  }

  @Test
  void policyThatAsksTwiceAtOnceIsAnsweredOnce() {
    channel.resolver.whenAsked(() -> channel.resolver.publish(RESOLVED));
    channel.connect();
    channel.resolver.publish(RESOLVED);
    channel.time.run();
    assertEquals(1, channel.resolver.resolutionsAsked());
    assertEquals(2, policy.accepted);
  }
}

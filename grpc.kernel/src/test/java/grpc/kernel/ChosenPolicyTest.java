package grpc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.ChannelCredentials;
import grpc.api.Status;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.testing.FakeBalancer;
import grpc.testing.FakeTransport;
import org.junit.jupiter.api.Test;

/**
 * The policy that a channel's builder chooses has no configuration unless a service config does.
 */
class ChosenPolicyTest {
  /** Demands a size. */
  private record Sized() implements BalancerProvider<Double> {
    @Override
    public String policyName() {
      return "sized";
    }

    @Override
    public Double parseConfig(JsonObject json, Policies policies) {
      return json.number("size").orElseThrow(() -> json.invalid("size", "a number"));
    }

    @Override
    public FakeBalancer<Double> create(BalancerContext context) {
      return (resolved, size) -> Status.OK;
    }
  }

  private static GrpcChannelBuilder builder() {
    return GrpcChannel.builder("ipv4:127.0.0.1:1", ChannelCredentials.plaintext())
        .runtime(GrpcRuntime.builder().add(new FakeTransport()).add(new Sized()).build())
        .balancingPolicy("sized");
  }

  @Test
  void channelWhosePolicyDemandsAConfigurationDoesNotOpenWithoutOne() {
    var e = assertThrows(IllegalArgumentException.class, () -> builder().open());
    assertEquals("policy sized: size: absent (expected: a number)", e.getMessage());
  }

  @Test
  void defaultServiceConfigBringsIt() {
    builder()
        .defaultServiceConfig("{\"loadBalancingConfig\": [{\"sized\": {\"size\": 1}}]}")
        .open()
        .close();
  }
}

package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.GracefulSwitch;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.testing.FakeBalancer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy within another's configuration throws is its own failure, not the parent's. */
class NestedPolicyTest {
  private final Child child = new Child();
  private final TestChannel channel = new TestChannel(new Parent(), child);

  @AfterEach
  void close() {
    channel.close();
  }

  private static void throwAt(String place, String here) {
    if (place.equals(here)) {
      throw new NoSuchMethodError("a bug at " + here);
    }
  }

  private static final class Child implements BalancerProvider<NoConfig> {
    private String place = "";

    @Override
    public String policyName() {
      return "child";
    }

    @Override
    public NoConfig parseConfig(JsonObject json, Policies policies) {
      throwAt(place, "parseConfig");
      return NoConfig.NONE;
    }

    @Override
    public FakeBalancer<NoConfig> create(BalancerContext context) {
      throwAt(place, "create");
      return (resolved, config) -> {
        throwAt(place, "accept");
        return Status.OK;
      };
    }
  }

  /** Does what its configuration chooses, and makes it by that choice's provider. */
  private record Parent() implements BalancerProvider<Policies.Choice<?>> {
    @Override
    public String policyName() {
      return "parent";
    }

    @Override
    public Policies.Choice<?> parseConfig(JsonObject json, Policies policies) {
      return policies.choose(json, "child");
    }

    @Override
    public Balancer<Policies.Choice<?>> create(BalancerContext context) {
      return new GracefulSwitch(context);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"parseConfig", "create", "accept"})
  void childThatThrowsIsNamedAndTheChannelLivesOn(String place) {
    child.place = place;
    channel.connect();
    channel.resolvedWith(
        "{\"loadBalancingConfig\":[{\"parent\":{\"child\":[{\"parent\":{\"child\":[{\"child\":{}}]}}]}}]}",
        1);
    var status = assertInstanceOf(PickResult.Fail.class, channel.pick()).status();
    assertEquals(StatusCode.INTERNAL, status.code());
    assertTrue(status.message().contains(Child.class.getName()), status::message);
    assertTrue(status.message().contains("a bug at " + place), status::message);
    assertFalse(status.message().contains(Parent.class.getName()), status::message);

    child.place = "";
    channel.resolvedWith(
        "{\"loadBalancingConfig\":[{\"parent\":{\"child\":[{\"pick_first\":{}}]}}]}", 1);
    assertSame(channel.ready(), channel.picked());
  }
}

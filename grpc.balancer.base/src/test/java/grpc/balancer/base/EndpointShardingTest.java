package grpc.balancer.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Attributes;
import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.Endpoints;
import grpc.testing.FakeBalancer;
import grpc.testing.FakeChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a child hears as its endpoint changes, and what makes it another endpoint. */
class EndpointShardingTest {
  private static final Attributes.Key<String> ZONE = Attributes.Key.of("zone");

  private final FakeChannel channel = new FakeChannel();
  private final List<Endpoint> heard = new ArrayList<>();
  private final List<List<Endpoint>> announced = new ArrayList<>();
  private final EndpointSharding sharding =
      new EndpointSharding(
          channel,
          new Policies.Choice<>(new FirstAddress(heard), NoConfig.NONE),
          children ->
              announced.add(children.stream().map(EndpointSharding.Child::endpoint).toList()));

  /** Connects to the first address that its endpoint ever had. */
  private record FirstAddress(List<Endpoint> heard) implements BalancerProvider<NoConfig> {
    @Override
    public String policyName() {
      return "first_address";
    }

    @Override
    public NoConfig parseConfig(JsonObject json, Policies policies) {
      return NoConfig.NONE;
    }

    @Override
    public Balancer<NoConfig> create(BalancerContext context) {
      return new FakeBalancer<>() {
        private Optional<SubConn> subConn = Optional.empty();

        @Override
        public Status accept(Resolved resolved, NoConfig config) {
          var endpoint = resolved.endpoints().getFirst();
          heard.add(endpoint);
          if (subConn.isEmpty()) {
            var made =
                context.newSubConn(
                    endpoint.addresses().getFirst(),
                    (same, now) -> context.update(now, Picker.of(PickResult.complete(same))));
            made.connect();
            subConn = Optional.of(made);
          }
          return Status.OK;
        }

        @Override
        public void close() {
          subConn.ifPresent(SubConn::shutdown);
        }
      };
    }
  }

  private static Endpoint endpoint(String zone, Address... addresses) {
    return Endpoint.of(List.of(addresses)).withAttributes(Attributes.EMPTY.with(ZONE, zone));
  }

  private EndpointSharding.Child accept(Endpoint endpoint) {
    assertTrue(sharding.accept(ResolverState.resolved(List.of(endpoint))).isOk());
    channel.scheduler().run();
    assertEquals(endpoint, heard.getLast(), "the child was told");
    assertEquals(List.of(endpoint), announced.getLast(), "the parent was told");
    assertEquals(1, sharding.children().size());
    return sharding.children().getFirst();
  }

  @Test
  void childThatHasOtherAttributesKeepsItsConnection() {
    var child = accept(endpoint("east", Endpoints.address(1)));
    channel.to(1).becomes(ConnectivityState.READY);
    int before = announced.size();
    var west = endpoint("west", Endpoints.address(1));
    assertSame(child, accept(west));
    assertEquals(west, child.endpoint());
    assertEquals(ConnectivityState.READY, child.state());
    assertEquals(before + 1, announced.size(), "one change");
    assertEquals(1, channel.subConns().size());
    assertEquals(1, channel.live().size());
  }

  @Test
  void childHearsOfAnotherOrderOfItsAddresses() {
    var child = accept(endpoint("east", Endpoints.address(1), Endpoints.address(2)));
    assertSame(child, accept(endpoint("east", Endpoints.address(2), Endpoints.address(1))));
    assertEquals(1, channel.subConns().size());
  }

  /** They are part of the address: its connections may differ by them. */
  @Test
  void addressThatHasOtherAttributesIsAnotherEndpoint() {
    var child = accept(endpoint("east", Endpoints.address(1)));
    channel.to(1).becomes(ConnectivityState.READY);
    var secure = Endpoints.address(1).withAttributes(Attributes.EMPTY.with(ZONE, "a secure one"));
    assertNotSame(child, accept(endpoint("east", secure)));
    assertTrue(channel.to(1).isShutDown());
    assertEquals(List.of(channel.to(secure)), channel.live());
  }
}

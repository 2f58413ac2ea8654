package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import grpc.api.ConnectivityState;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.ForwardingSubConn;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.Address;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardedSubConnTest {
  /** pick_first, which gets two subchannels around each of the channel's. */
  private record Wrapping() implements BalancerProvider<NoConfig> {
    @Override
    public String policyName() {
      return "wrapping";
    }

    @Override
    public NoConfig parseConfig(JsonObject json, Policies policies) {
      return NoConfig.NONE;
    }

    @Override
    public Balancer<NoConfig> create(BalancerContext context) {
      return context
          .policy("pick_first")
          .orElseThrow()
          .create(
              new ForwardingBalancerContext(context) {
                @Override
                public SubConn newSubConn(Address address, SubConn.Listener listener) {
                  return new ForwardingSubConn(
                      new ForwardingSubConn(super.newSubConn(address, listener)));
                }
              });
    }
  }

  @Test
  void callGoesToTheSubchannelBehindThoseThatForwardToIt() throws Exception {
    try (var calls = TestCalls.balancedBy(new Wrapping())) {
      var answer = calls.unary("hi");
      calls.transport.nextStream().succeeds("ho".getBytes(StandardCharsets.UTF_8));
      assertEquals("ho", answer.get());
    }
  }

  @Test
  void listenersOfHealthGetTheSubchannelThatTheyWatch() {
    var channel = new FakeChannel();
    var behind = channel.newSubConn(Endpoints.address(1), (same, now) -> {});
    var forwarding = new ForwardingSubConn(behind);
    var heard = new ArrayList<SubConn>();
    behind.connect();
    channel.to(1).becomes(ConnectivityState.READY);
    forwarding.watchHealth((subConn, now) -> heard.add(subConn));
    assertEquals(List.of(forwarding), heard);
    assertSame(behind, ForwardingSubConn.innermost(new ForwardingSubConn(forwarding)));
    assertSame(behind, ForwardingSubConn.innermost(behind));
    assertSame(behind.address(), forwarding.address());
  }
}

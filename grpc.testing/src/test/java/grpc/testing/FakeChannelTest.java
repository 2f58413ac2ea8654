package grpc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.Status;
import grpc.spi.balancer.ForwardingBalancerContext;
import org.junit.jupiter.api.Test;

class FakeChannelTest {
  private final FakeChannel channel = new FakeChannel();

  @Test
  void emptyResolutionSaysOfWhatAndWhatToDo() {
    assertEquals(
        Status.unavailable(
            "the resolver found no endpoints for test:backends (check its name, and that its"
                + " servers are registered)"),
        channel.noEndpoints());
  }

  @Test
  void childKnowsTheTargetToo() {
    assertEquals(channel.noEndpoints(), new ForwardingBalancerContext(channel).noEndpoints());
  }
}

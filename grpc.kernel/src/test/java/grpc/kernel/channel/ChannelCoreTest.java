package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.kernel.subchannel.ConnectBackoff;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState;
import grpc.testing.Endpoints;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChannelCoreTest {
  private static final String ROUND_ROBIN = "{\"loadBalancingConfig\":[{\"round_robin\":{}}]}";
  private static final String PICK_FIRST = "{\"loadBalancingConfig\":[{\"pick_first\":{}}]}";

  private final TestChannel channel =
      new TestChannel(
          new BalancerProvider<NoConfig>() {
            @Override
            public String policyName() {
              return "broken";
            }

            @Override
            public NoConfig parseConfig(JsonObject json, Policies policies) {
              return NoConfig.NONE;
            }

            @Override
            public Balancer<NoConfig> create(BalancerContext context) {
              throw new UnsupportedOperationException("half a plugin");
            }
          });

  @AfterEach
  void close() {
    channel.close();
    assertEquals(0, channel.time.pendingTimers(), "timers left behind");
  }

  @Test
  void stateFollowsTheChannel() {
    assertEquals(ConnectivityState.IDLE, channel.state());
    channel.connect();
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    channel.resolved(1);
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    channel.ready();
    assertEquals(ConnectivityState.READY, channel.state());
    channel.pass(ConnectBackoff.SETTLED);
    channel.transport.newest().goesAway("GOAWAY");
    channel.time.run();
    assertEquals(ConnectivityState.IDLE, channel.state());
    channel.connect();
    channel.fails();
    assertInstanceOf(ConnectivityState.TransientFailure.class, channel.state());
    channel.close();
    assertEquals(ConnectivityState.SHUTDOWN, channel.state());
  }

  @Test
  void firstPickWakesTheChannel() {
    assertSame(PickResult.QUEUE, channel.pick());
    assertFalse(channel.resolver.isStarted());
    channel.time.run();
    assertTrue(channel.resolver.isStarted());
  }

  @Test
  void channelWithoutCallsGoesIdleAndComesBack() {
    channel.connect();
    channel.resolved(1);
    var connection = channel.ready();
    channel.pass(TestChannel.IDLE.minusSeconds(1));
    assertEquals(ConnectivityState.READY, channel.state());
    channel.pass(Duration.ofSeconds(1));
    assertEquals(ConnectivityState.IDLE, channel.state());
    assertTrue(connection.wasDrained());
    assertFalse(channel.resolver.isStarted());

    assertSame(PickResult.QUEUE, channel.pick());
    channel.time.run();
    assertTrue(channel.resolver.isStarted());
    assertSame(channel.ready(), channel.picked());
    assertNotSame(connection, channel.picked());
  }

  @Test
  void runningCallKeepsTheChannelFromGoingIdle() {
    channel.connect();
    channel.resolved(1);
    channel.ready();
    channel.core.environment().idleWatch().begin();
    channel.pass(Duration.ofHours(5));
    assertEquals(ConnectivityState.READY, channel.state());
    channel.core.environment().idleWatch().end();
    channel.pass(TestChannel.IDLE.minusSeconds(1));
    assertEquals(ConnectivityState.READY, channel.state());
    channel.pass(TestChannel.IDLE.dividedBy(4).plusSeconds(1));
    assertEquals(ConnectivityState.IDLE, channel.state());
  }

  @Test
  void shortCallsKeepTheChannelFromGoingIdle() {
    channel.connect();
    channel.resolved(1);
    channel.ready();
    for (int i = 0; i < 10; i++) {
      channel.core.environment().idleWatch().begin();
      channel.core.environment().idleWatch().end();
      channel.pass(TestChannel.IDLE.minusSeconds(1));
      assertEquals(ConnectivityState.READY, channel.state());
    }
  }

  @Test
  void connectionIsKeptWhateverElseIsResolved() {
    channel.connect();
    channel.resolved(1);
    var connection = channel.ready();
    channel.resolved(2, 1);
    channel.resolver.publish(ResolverState.failed(Status.unavailable("no such host")));
    channel.time.run();
    assertSame(connection, channel.picked());
    assertEquals(1, channel.transport.connections().size());
  }

  @Test
  void newPolicyTakesTheConnectionsOfTheFormerOne() {
    channel.connect();
    channel.resolvedWith(PICK_FIRST, 1);
    var connection = channel.ready();
    channel.resolvedWith(ROUND_ROBIN, 1);
    assertSame(connection, channel.picked());
    assertFalse(connection.wasDrained());
    assertEquals(1, channel.transport.connections().size());
  }

  @Test
  void formerPolicyServesUntilTheNewOneIsReady() {
    channel.connect();
    channel.resolvedWith(PICK_FIRST, 1);
    var former = channel.ready();
    channel.resolvedWith(ROUND_ROBIN, 2);
    assertSame(former, channel.picked(), "the new one only connects");
    assertEquals(ConnectivityState.READY, channel.state());
    var next = channel.ready();
    assertNotSame(former, next);
    assertSame(next, channel.picked());
    assertTrue(former.wasDrained());
  }

  @Test
  void formerPolicyThatLosesItsConnectionGivesWayAtOnce() {
    channel.connect();
    channel.resolvedWith(PICK_FIRST, 1);
    var former = channel.ready();
    channel.resolvedWith(ROUND_ROBIN, 2);
    former.goesAway("GOAWAY");
    channel.time.run();
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    assertSame(channel.ready(), channel.picked());
  }

  @Test
  void policyThatChangesTwiceWhileConnectingLeavesNothingBehind() {
    channel.connect();
    channel.resolvedWith(PICK_FIRST, 1);
    var first = channel.ready();
    channel.resolvedWith(ROUND_ROBIN, 2);
    var second = channel.transport.newest();
    channel.resolvedWith(PICK_FIRST, 3);
    assertSame(first, channel.picked());
    var third = channel.ready();
    assertSame(third, channel.picked());
    assertTrue(first.wasDrained());
    assertTrue(second.isClosed());
  }

  @Test
  void badServiceConfigKeepsTheLastGoodOne() {
    channel.connect();
    channel.resolvedWith(ROUND_ROBIN, 1);
    var connection = channel.ready();
    channel.resolvedWith("{\"loadBalancingConfig\":7}", 1);
    assertSame(connection, channel.picked());
  }

  @Test
  void badServiceConfigAfterIdlenessKeepsTheLastGoodOne() {
    channel.connect();
    channel.resolvedWith(ROUND_ROBIN, 1);
    channel.ready();
    channel.pass(TestChannel.IDLE);
    assertEquals(ConnectivityState.IDLE, channel.state());
    channel.resolvedWith("{\"loadBalancingConfig\":7}", 1, 2); // all that the next start hears
    channel.connect();
    assertEquals(3, channel.transport.connections().size(), "round_robin connects to both");
    assertSame(channel.ready(), channel.picked());
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // else there is no end
  void resolverMayPublishAtOnceWhenItIsAsked() {
    channel.resolver.whenAsked(() -> channel.resolver.publish(Endpoints.of(1)));
    channel.connect();
    channel.resolved(1);
    channel.fails();
    assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertEquals(1, channel.resolver.resolutionsAsked());
    channel.pass(TestChannel.BACKOFF);
    assertSame(channel.ready(), channel.picked());
  }

  @Test
  void targetThatIsRefusedAfterIdlenessFailsCalls() {
    channel.connect();
    channel.resolved(1);
    channel.ready();
    channel.refusesTarget = true;
    channel.pass(TestChannel.IDLE);
    assertEquals(ConnectivityState.IDLE, channel.state());
    channel.connect();
    var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertEquals("no such cluster any more", fail.status().message());
    channel.refusesTarget = false;
    channel.pass(TestChannel.IDLE);
    channel.connect();
    channel.resolved(1);
    assertSame(channel.ready(), channel.picked());
  }

  @Test
  void badFirstServiceConfigFailsCalls() {
    channel.connect();
    channel.resolvedWith("{", 1);
    var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertTrue(fail.status().message().contains("bad service config"), fail::toString);
    assertFalse(channel.resolver.answers().getFirst().isOk(), "the resolver is to try again");
    channel.resolved(1);
    assertSame(channel.ready(), channel.picked());
  }

  @Test
  void serviceConfigThatCannotBeReadFailsCallsWhereThereIsNoOther() {
    channel.connect();
    channel.resolver.publish(unreadable(1));
    channel.time.run();
    var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertEquals(
        "test:backends: bad service config: a TXT record with nonsense", fail.status().message());
    assertFalse(channel.resolver.answers().getFirst().isOk(), "the resolver is to try again");
  }

  private static ResolverState unreadable(int... ports) {
    return ResolverState.badServiceConfig(
        Endpoints.of(ports).endpoints(), "a TXT record with nonsense");
  }

  @Test
  void serviceConfigThatCannotBeReadKeepsTheLastGoodOne() {
    channel.connect();
    channel.resolvedWith(ROUND_ROBIN, 1);
    channel.ready();
    channel.resolver.publish(unreadable(1, 2));
    channel.time.run();
    assertTrue(channel.resolver.answers().getLast().isOk());
    assertEquals(2, channel.transport.connections().size(), "round_robin connects to both");
  }

  @Test
  void badFirstServiceConfigLeavesTheDefaultOneInForce() {
    for (var bad : List.of("{", "{\"loadBalancingConfig\":7}", "[]", "")) {
      try (var other = TestChannel.withDefaultConfig(ROUND_ROBIN)) {
        other.connect();
        other.resolvedWith(bad, 1, 2);
        assertTrue(other.resolver.answers().getFirst().isOk(), bad);
        assertEquals(2, other.transport.connections().size(), "round_robin connects to both");
        assertSame(other.ready(), other.picked());
      }
    }
  }

  @Test
  void firstServiceConfigThatCannotBeReadLeavesTheDefaultOneInForce() {
    for (var config : List.of(ROUND_ROBIN, "{}")) {
      try (var other = TestChannel.withDefaultConfig(config)) {
        other.connect();
        other.resolver.publish(unreadable(1));
        other.time.run();
        assertTrue(other.resolver.answers().getFirst().isOk(), config);
        assertSame(other.ready(), other.picked());
      }
    }
  }

  @Test
  void serviceConfigThatCannotBeReadIsNothingWhereTheResolversIsNotHeeded() {
    try (var other = TestChannel.withoutResolverConfig()) {
      other.connect();
      other.resolver.publish(unreadable(1));
      other.time.run();
      assertSame(other.ready(), other.picked());
    }
  }

  @Test
  void resetBackoffReachesTheResolverOfAChannelThatHasStarted() {
    channel.core.resetBackoff();
    channel.time.run();
    assertEquals(0, channel.resolver.resolutionsAsked());
    channel.connect();
    channel.core.resetBackoff();
    channel.time.run();
    assertEquals(1, channel.resolver.resolutionsAsked());
  }

  @Test
  void emptyResolutionFailsCallsAndNamesTheTarget() {
    channel.connect();
    channel.resolved();
    var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertTrue(fail.status().message().contains("no endpoints for test:backends"), fail::toString);
  }

  @Test
  void pluginThatThrowsFailsCallsAndTheChannelLivesOn() {
    channel.connect();
    channel.resolvedWith("{\"loadBalancingConfig\":[{\"broken\":{}}]}", 1);
    var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertEquals(StatusCode.INTERNAL, fail.status().code());
    assertTrue(fail.status().message().contains("half a plugin"), fail::toString);
    channel.resolvedWith(PICK_FIRST, 1);
    assertSame(channel.ready(), channel.picked());
  }

  @Test
  void closedChannelConnectsNoMore() {
    channel.connect();
    channel.resolved(1);
    channel.ready();
    channel.close();
    channel.connect();
    channel.resolved(2);
    assertNull(channel.picked());
    assertInstanceOf(PickResult.Drop.class, channel.pick());
    assertEquals(1, channel.transport.connections().size());
  }
}

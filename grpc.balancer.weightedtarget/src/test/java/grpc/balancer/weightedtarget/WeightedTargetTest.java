package grpc.balancer.weightedtarget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.balancer.base.EndpointPath;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedTargetTest {
  private static final Policies POLICIES =
      name -> name.equals("pick_first") ? Optional.of(new PickFirstProvider()) : Optional.empty();
  private static final List<?> PICK_FIRST = List.of(Map.of("pick_first", Map.of()));

  private final FakeChannel channel = new FakeChannel(new PickFirstProvider());
  private final Random random = new Random(1);
  private final WeightedTarget balancer =
      new WeightedTarget(channel, bound -> random.nextLong(bound));

  private static Map<String, ?> target(Object weight) {
    return Map.of("weight", weight, "childPolicy", PICK_FIRST);
  }

  private static WeightedTargetConfig config(Map<String, ?> targets) {
    return new WeightedTargetProvider()
        .parseConfig(JsonObject.of(Map.of("targets", targets)), POLICIES);
  }

  private static Endpoint endpoint(int port, String... path) {
    return EndpointPath.set(Endpoint.of(Endpoints.address(port)), path);
  }

  private Status accept(WeightedTargetConfig config, Endpoint... endpoints) {
    var status = balancer.accept(ResolverState.resolved(List.of(endpoints)), config);
    channel.scheduler().run();
    return status;
  }

  private int[] picks(int count) {
    var picks = new int[10];
    for (int i = 0; i < count; i++) {
      picks[channel.pickedPort()]++;
    }
    return picks;
  }

  @Test
  void callsAreSpreadByWeight() {
    var status =
        accept(
            config(Map.of("a", target(1.0), "b", target(3.0))), endpoint(1, "a"), endpoint(2, "b"));
    assertTrue(status.isOk());
    channel.to(1).becomes(ConnectivityState.READY);
    assertEquals(100, picks(100)[1], "calls do not wait for the heavier one");
    channel.to(2).becomes(ConnectivityState.READY);
    assertEquals(2500, picks(10_000)[1], 130, "three standard deviations");
  }

  @Test
  void changedWeightsHoldAtOnceAndKeepConnections() {
    accept(config(Map.of("a", target(1.0), "b", target(1.0))), endpoint(1, "a"), endpoint(2, "b"));
    channel.to(1).becomes(ConnectivityState.READY);
    channel.to(2).becomes(ConnectivityState.READY);
    accept(config(Map.of("a", target(9.0), "b", target(1.0))), endpoint(1, "a"), endpoint(2, "b"));
    assertEquals(9000, picks(10_000)[1], 90, "three standard deviations");
    assertEquals(2, channel.subConns().size());
  }

  @Test
  void targetThatLosesItsConnectionHasItsShareAgain() {
    accept(config(Map.of("a", target(9.0), "b", target(1.0))), endpoint(1, "a"), endpoint(2, "b"));
    channel.to(1).becomes(ConnectivityState.READY);
    channel.to(2).becomes(ConnectivityState.READY);
    channel.to(1).becomes(ConnectivityState.IDLE);
    assertEquals(100, picks(100)[2], "calls do not wait for it");
    channel.to(1).becomes(ConnectivityState.READY);
    assertEquals(9000, picks(10_000)[1], 90, "three standard deviations");
  }

  @Test
  void targetsThatAllLoseTheirConnectionsHaveTheirSharesAgain() {
    accept(config(Map.of("a", target(9.0), "b", target(1.0))), endpoint(1, "a"), endpoint(2, "b"));
    channel.to(1).becomes(ConnectivityState.READY);
    channel.to(2).becomes(ConnectivityState.READY);
    channel.to(1).queue(ConnectivityState.IDLE);
    channel.to(2).becomes(ConnectivityState.IDLE);
    assertEquals(ConnectivityState.IDLE, channel.state(), "no call, no connection");
    assertSame(PickResult.QUEUE, channel.pick());
    channel.scheduler().run();
    channel.to(1).becomes(ConnectivityState.READY);
    channel.to(2).becomes(ConnectivityState.READY);
    assertEquals(9000, picks(10_000)[1], 90, "three standard deviations");
  }

  @Test
  void failedTargetGetsNoCallsUntilItIsReady() {
    accept(config(Map.of("a", target(1.0), "b", target(1.0))), endpoint(1, "a"), endpoint(2, "b"));
    channel.to(1).becomes(ConnectivityState.READY);
    channel.to(2).fails("refused");
    assertEquals(100, picks(100)[1]);
    channel.to(2).becomes(ConnectivityState.IDLE);
    assertEquals(100, picks(100)[1]);
    channel.to(2).becomes(ConnectivityState.READY);
    assertTrue(picks(100)[2] > 20);
  }

  @Test
  void targetThatIsGoneIsClosed() {
    accept(config(Map.of("a", target(1.0), "b", target(1.0))), endpoint(1, "a"), endpoint(2, "b"));
    channel.to(1).becomes(ConnectivityState.READY);
    accept(config(Map.of("b", target(1.0))), endpoint(1, "a"), endpoint(2, "b"));
    assertTrue(channel.to(1).isShutDown());
    assertSame(PickResult.QUEUE, channel.pick());
  }

  @Test
  void endpointsWithoutAPathAreNoTargets() {
    var status = accept(config(Map.of("a", target(1.0))), endpoint(1), endpoint(2, "other"));
    assertFalse(status.isOk());
    assertEquals(List.of(), channel.subConns());
    assertInstanceOf(PickResult.Fail.class, channel.pick());
  }

  @Test
  void treesOfTargetsFollowThePath() {
    Policies policies =
        name ->
            name.equals("weighted_target")
                ? Optional.of(new WeightedTargetProvider())
                : POLICIES.find(name);
    var inner = Map.of("weighted_target", Map.of("targets", Map.of("y", target(1.0))));
    var outer = Map.of("x", Map.of("weight", 1.0, "childPolicy", List.of(inner)));
    var config =
        new WeightedTargetProvider().parseConfig(JsonObject.of(Map.of("targets", outer)), policies);
    assertTrue(accept(config, endpoint(1, "x", "y")).isOk());
    channel.to(1).becomes(ConnectivityState.READY);
    assertEquals(1, channel.pickedPort());
  }

  @Test
  void noTargetsIsAFailure() {
    assertFalse(accept(config(Map.of()), endpoint(1, "a")).isOk());
    assertInstanceOf(PickResult.Fail.class, channel.pick());
  }

  @Test
  void targetWithoutEndpointsIsNamedWithWhatToDo() {
    var expected =
        Status.unavailable(
            "the resolver found no endpoints for target 'a' of weighted_target in test:backends"
                + " (check its name, and that its servers are registered)");
    assertEquals(expected, accept(config(Map.of("a", target(1.0))), endpoint(1, "b")));
    assertEquals(PickResult.fail(expected), channel.pick());
  }

  @Test
  void noTargetsSaysWhatTheConfigurationLacks() {
    var expected =
        Status.unavailable(
            "weighted_target has no targets for test:backends: its configuration names none");
    assertEquals(expected, accept(config(Map.of())));
    assertEquals(PickResult.fail(expected), channel.pick());
  }

  @Test
  void badConfigurationsAreNamed() {
    bad("targets.a.weight: -1 (expected: a whole number, 1 to 4294967295)", target(-1.0));
    bad("targets.a.weight: 0", target(0.0));
    bad("targets.a.weight: 1.5", target(1.5));
    bad("targets.a.weight: 4294967296", target(0x1_0000_0000L));
    bad("targets.a.weight: absent", Map.of("childPolicy", PICK_FIRST));
    bad("targets.a.childPolicy: absent (expected: a list with a policy", Map.of("weight", 1.0));
    bad("targets.a: 7 (expected: an object", 7);
    bad(
        "targets.a.childPolicy: [\"x\"] (expected: a policy that this runtime has a module for)",
        Map.of("weight", 1.0, "childPolicy", List.of(Map.of("x", Map.of()))));
    bad(
        "targets.a.childPolicy[0].pick_first.shuffleAddressList: 1 (expected: true or false)",
        Map.of(
            "weight",
            1.0,
            "childPolicy",
            List.of(Map.of("pick_first", Map.of("shuffleAddressList", 1)))));
    bad(
        "targets.a.childPolicy: \"x\" (expected: a list)",
        Map.of("weight", 1.0, "childPolicy", "x"));
  }

  private static void bad(String message, Object target) {
    var e = assertThrows(IllegalArgumentException.class, () -> config(Map.of("a", target)));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}

package grpc.kernel.subchannel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.kernel.channel.TestChannel;
import grpc.kernel.channel.WatchingPolicy;
import grpc.spi.balancer.PickResult;
import grpc.spi.health.HealthChecker;
import grpc.spi.health.HealthContext;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.testing.Endpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
  private static final ConnectivityState SICK =
      new ConnectivityState.TransientFailure(Status.unavailable("NOT_SERVING"));
  private static final String CHECKED =
      """
      {"loadBalancingConfig": [{"%s": {}}], "healthCheckConfig": {"serviceName": "%s"}}\
      """;

  /** Tells what the test says. */
  private static class ScriptedChecker implements HealthChecker {
    final List<HealthContext> running = new ArrayList<>();

    @Override
    public String protocol() {
      return "grpc.health.v1";
    }

    @Override
    public Cancellable watch(HealthContext context) {
      running.add(context);
      return () -> running.remove(context);
    }

    void tells(ConnectivityState health) {
      running.getLast().update(health);
    }
  }

  private final ScriptedChecker checker = new ScriptedChecker();
  private TestChannel channel = TestChannel.checking(Optional.of(checker), true);

  @AfterEach
  void close() {
    channel.close();
    assertEquals(List.of(), checker.running, "watches left behind");
  }

  private void replace(TestChannel other) {
    channel.close();
    channel = other;
  }

  private void connected(String policy, String service) {
    channel.connect();
    channel.resolvedWith(CHECKED.formatted(policy, service), 1);
    channel.ready();
  }

  private void tells(ConnectivityState health) {
    checker.tells(health);
    channel.time.run();
  }

  @Test
  void connectionGetsCallsOnceItsServerIsHealthy() {
    connected("round_robin", "a.B");
    assertEquals("a.B", checker.running.getFirst().service());
    assertEquals(Endpoints.address(1), checker.running.getFirst().address());
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    assertEquals(PickResult.QUEUE, channel.pick());
    tells(ConnectivityState.READY);
    assertEquals(ConnectivityState.READY, channel.state());
    assertNotNull(channel.picked());
  }

  @Test
  void unhealthyConnectionGetsNoCallsAndIsKept() {
    connected("round_robin", "a.B");
    tells(SICK);
    assertEquals(SICK, channel.state());
    assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertEquals(1, channel.transport.connections().size());
    tells(ConnectivityState.READY);
    assertEquals(channel.transport.newest(), channel.picked());
  }

  @Test
  void pickFirstDoesNotAsk() {
    connected("pick_first", "a.B");
    assertEquals(List.of(), checker.running);
    assertNotNull(channel.picked());
  }

  @Test
  void nobodyIsAskedWithoutAServiceName() {
    channel.connect();
    channel.resolvedWith(
        "{\"loadBalancingConfig\": [{\"round_robin\": {}}], \"healthCheckConfig\": {}}", 1);
    channel.ready();
    assertEquals(List.of(), checker.running);
    assertNotNull(channel.picked());
  }

  @Test
  void resetBackoffAsksAnewWhereTheServerIsNotHealthy() {
    connected("round_robin", "");
    tells(ConnectivityState.READY);
    var first = checker.running.getFirst();
    channel.core.resetBackoff();
    channel.time.run();
    assertEquals(List.of(first), checker.running, "a healthy one is left alone");
    tells(SICK);
    channel.core.resetBackoff();
    channel.time.run();
    assertEquals(1, checker.running.size());
    assertNotSame(first, checker.running.getFirst());
    tells(ConnectivityState.READY);
    assertNotNull(channel.picked());
  }

  @Test
  void lostConnectionEndsTheWatchAndTheNextOneBeginsAnother() {
    connected("round_robin", "");
    tells(ConnectivityState.READY);
    var first = checker.running.getFirst();
    channel.pass(ConnectBackoff.SETTLED);
    channel.transport.newest().goesAway("GOAWAY");
    channel.time.run();
    assertEquals(List.of(), checker.running, "a draining connection waits for all its streams");
    first.update(SICK); // too late to be heard
    channel.ready();
    assertEquals(PickResult.QUEUE, channel.pick());
    tells(ConnectivityState.READY);
    assertNotNull(channel.picked());
  }

  @Test
  void anotherServiceInTheConfigIsAskedForAtOnce() {
    connected("round_robin", "a.B");
    tells(ConnectivityState.READY);
    channel.resolvedWith(CHECKED.formatted("round_robin", "c.D"), 1);
    assertEquals(1, checker.running.size());
    assertEquals("c.D", checker.running.getFirst().service());
    assertEquals(PickResult.QUEUE, channel.pick());
    tells(SICK);
    assertInstanceOf(PickResult.Fail.class, channel.pick());
    channel.resolvedWith("{\"loadBalancingConfig\": [{\"round_robin\": {}}]}", 1);
    assertEquals(List.of(), checker.running);
    assertNotNull(channel.picked());
  }

  @Test
  void sameServiceInTheNextConfigChangesNothing() {
    connected("round_robin", "a.B");
    tells(ConnectivityState.READY);
    var before = List.copyOf(checker.running);
    channel.resolvedWith(CHECKED.formatted("round_robin", "a.B"), 1);
    assertEquals(before, checker.running);
    assertNotNull(channel.picked());
  }

  @Test
  void withoutACheckerEveryConnectionCountsAsHealthy() {
    replace(TestChannel.checking(Optional.empty(), true));
    connected("round_robin", "a.B");
    assertNotNull(channel.picked());
  }

  @Test
  void channelThatDisablesThemAsksNobody() {
    replace(TestChannel.checking(Optional.of(checker), false));
    connected("round_robin", "a.B");
    assertEquals(List.of(), checker.running);
    assertNotNull(channel.picked());
  }

  @Test
  void severalListenersHearOneAnswer() {
    var watching = new WatchingPolicy();
    replace(TestChannel.checking(Optional.of(checker), true, watching));
    connected("watching", "a.B");
    assertEquals(1, checker.running.size());
    tells(ConnectivityState.READY);
    assertNotNull(channel.picked());
    tells(SICK);
    assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertEquals(
        List.of(ConnectivityState.CONNECTING, ConnectivityState.READY, SICK), watching.heard);
  }

  @Test
  void listenerThatThrowsKeepsNobodyFromHearing() {
    var watching = new WatchingPolicy();
    replace(TestChannel.checking(Optional.of(checker), true, watching));
    connected("watching", "a.B");
    tells(ConnectivityState.READY);
    watching.bug = "mine";
    channel.resolvedWith(CHECKED.formatted("watching", "c.D"), 1, 2);
    assertTrue(channel.resolver.answers().getLast().isOk(), "the resolution is not the culprit");
    assertEquals(2, channel.transport.connections().size());
    tells(SICK);
    assertEquals(ConnectivityState.CONNECTING, channel.state(), "the second connects");
  }

  @Test
  void listenerThatThrowsFailsCallsInItsName() {
    var failures = new ArrayList<Status>();
    var watching = new WatchingPolicy();
    watching.bug = "mine";
    var health = new HealthChecks(channel.core.settings(), channel.time, failures::add);
    channel.connect();
    channel.resolved(1);
    channel.ready();
    var picked = assertInstanceOf(PickResult.Complete.class, channel.pick());
    health.watch(picked.subConn()).tell(watching::healthChanged);
    assertEquals(StatusCode.INTERNAL, failures.getFirst().code());
    assertTrue(
        failures.getFirst().message().contains(HealthChecksTest.class.getName()),
        failures::toString);
  }

  @Test
  void taskOfACheckerThatThrowsFailsCallsInItsName() {
    connected("round_robin", "a.B");
    checker
        .running
        .getFirst()
        .scheduler()
        .execute(() -> {
          throw new IllegalStateException("not in time");
        });
    channel.time.run();
    var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertTrue(fail.status().message().contains(ScriptedChecker.class.getName()), fail::toString);
  }

  @Test
  void checkerThatThrowsFailsCallsInItsName() {
    var broken =
        new ScriptedChecker() {
          @Override
          public Cancellable watch(HealthContext context) {
            throw new IllegalStateException("not today");
          }
        };
    replace(TestChannel.checking(Optional.of(broken), true));
    connected("round_robin", "a.B");
    var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertEquals(StatusCode.INTERNAL, fail.status().code());
    assertTrue(fail.status().message().contains(broken.getClass().getName()), fail::toString);
  }
}

package grpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ForwardingSubConn;
import grpc.spi.balancer.PickResult;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import grpc.testing.FakeSubConn;
import grpc.testing.Rounds;
import grpc.testing.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests that every balancing policy must pass. Extend it, return your policy, and run it with
 * JUnit:
 *
 * <pre>{@code
 * class AcmeContractTest extends BalancerContract {
 *   @Override protected BalancerProvider provider() { return new AcmeProvider(); }
 * }
 * }</pre>
 *
 * Its random part takes seconds; {@code -Dgrpc.testing.rounds=…} makes it shorter or longer.
 */
public abstract class BalancerContract {
  /** For the subclass. */
  protected BalancerContract() {}

  /** {@return the policy under test} */
  protected abstract BalancerProvider<?> provider();

  /** {@return the policies that it finds by name, for those that have children} */
  protected List<BalancerProvider<?>> otherPolicies() {
    return List.of();
  }

  /** {@return the configuration to test it with; the empty object unless overridden} */
  protected JsonObject config() {
    return JsonObject.EMPTY;
  }

  /** {@return the resolution in the form that this policy expects; by default unchanged} */
  protected Resolved prepare(Resolved resolved) {
    return resolved;
  }

  private Object parse(JsonObject json) {
    return provider().parseConfig(json, channel().policies());
  }

  private ConfiguredBalancer<?> create(FakeChannel channel) {
    return ConfiguredBalancer.of(provider(), channel, config());
  }

  private FakeChannel channel() {
    return new FakeChannel(otherPolicies().toArray(BalancerProvider<?>[]::new));
  }

  private Status accept(FakeChannel channel, ConfiguredBalancer<?> balancer, int... ports) {
    var status = balancer.accept(prepare(Endpoints.of(ports)));
    channel.scheduler().run();
    return status;
  }

  /** Service configs are case-sensitive, and gRPC's own names are in snake case. */
  @Test
  public void policyNameIsLowerCase() {
    String name = provider().policyName();
    assertTrue(name.matches("[a-z][a-z0-9_.]*"), name);
    assertEquals(name, provider().policyName());
  }

  /** A2: unknown fields are ignored. */
  @Test
  public void unknownFieldsOfTheConfigurationAreIgnored() {
    var json = JsonObject.of(Map.of("aFieldThatNoPolicyHas", Map.of("x", 1)));
    try {
      assertEquals(parse(JsonObject.EMPTY), parse(json));
    } catch (IllegalArgumentException e) {
      assertFalse(e.toString().contains("aFieldThatNoPolicyHas"), e::toString);
    }
  }

  /** Calls wait for the first connection and do not fail. */
  @Test
  public void callsAreQueuedUntilTheFirstConnection() {
    var channel = channel();
    try (var balancer = create(channel)) {
      assertTrue(accept(channel, balancer, 1, 2, 3).isOk());
      assertEquals(PickResult.QUEUE, channel.pick());
      channel.scheduler().run();
      assertFalse(Attempts.running(channel).isEmpty(), "nothing connects, though a call waits");
      assertEquals(PickResult.QUEUE, channel.pick());
    }
  }

  /** A call goes to an endpoint that is READY. */
  @Test
  public void readyEndpointsArePicked() {
    var channel = channel();
    try (var balancer = create(channel)) {
      accept(channel, balancer, 1, 2, 3);
      Attempts.succeed(channel);
      assertEquals(ConnectivityState.READY, channel.state());
      var complete = assertInstanceOf(PickResult.Complete.class, channel.pick());
      assertTrue(
          ForwardingSubConn.innermost(complete.subConn()) instanceof FakeSubConn s
              && s.state() instanceof ConnectivityState.Ready,
          complete::toString);
    }
  }

  /** Without endpoints calls fail at once, and the message names the target. */
  @Test
  public void emptyListIsAFailure() {
    var channel = channel();
    try (var balancer = create(channel)) {
      assertFalse(accept(channel, balancer).isOk(), "the resolver must hear that it is to retry");
      assertInstanceOf(ConnectivityState.TransientFailure.class, channel.state());
      var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
      assertTrue(fail.status().message().contains(channel.target()), fail::toString);
      accept(channel, balancer, 1);
      Attempts.succeed(channel);
      assertEquals(1, channel.pickedPort());
      assertFalse(accept(channel, balancer).isOk());
      assertInstanceOf(PickResult.Fail.class, channel.pick());
      assertEquals(List.of(), channel.live());
    }
  }

  /** Without endpoints calls fail with the resolver's status. */
  @Test
  public void resolverFailureWithoutEndpointsFailsCalls() {
    var channel = channel();
    try (var balancer = create(channel)) {
      var status = Status.unavailable("no such host");
      balancer.resolverFailed(status);
      channel.scheduler().run();
      assertInstanceOf(ConnectivityState.TransientFailure.class, channel.state());
      var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
      assertTrue(fail.status().message().contains("no such host"), fail::toString);
    }
  }

  /** An earlier resolution stays valid. */
  @Test
  public void resolverFailureLeavesConnectionsAlone() {
    var channel = channel();
    try (var balancer = create(channel)) {
      accept(channel, balancer, 1);
      Attempts.succeed(channel);
      balancer.resolverFailed(Status.unavailable("no such host"));
      channel.scheduler().run();
      assertEquals(ConnectivityState.READY, channel.state());
      assertEquals(1, channel.pickedPort());
    }
  }

  /** An endpoint that stays in the resolution keeps its connection. */
  @Test
  public void updateWithTheSameEndpointsChangesNoSubchannel() {
    var channel = channel();
    try (var balancer = create(channel)) {
      accept(channel, balancer, 1, 2);
      Attempts.succeed(channel);
      var before = channel.live();
      int made = channel.subConns().size();
      accept(channel, balancer, 1, 2);
      assertEquals(before, channel.live());
      assertEquals(made, channel.subConns().size());
    }
  }

  /** Endpoints that are gone get no calls and hold no connection. */
  @Test
  public void removedEndpointsAreShutDown() {
    var channel = channel();
    try (var balancer = create(channel)) {
      accept(channel, balancer, 1, 2);
      Attempts.succeed(channel);
      accept(channel, balancer, 3);
      Attempts.succeed(channel);
      assertEquals(3, channel.pickedPort());
      for (var left : channel.live()) {
        assertEquals(3, Endpoints.port(left.address()));
      }
    }
  }

  /** When every endpoint fails, calls fail, and the policy goes on connecting without them. */
  @Test
  public void allEndpointsFailingFailsCallsUntilOneIsBack() {
    var channel = channel();
    try (var balancer = create(channel)) {
      accept(channel, balancer, 1, 2);
      var _ = channel.pick();
      channel.scheduler().run();
      for (int rounds = 0; rounds < 100 && !Attempts.running(channel).isEmpty(); rounds++) {
        Attempts.running(channel).getFirst().fails("refused");
      }
      assertInstanceOf(ConnectivityState.TransientFailure.class, channel.state());
      assertInstanceOf(PickResult.Fail.class, channel.pick());
      for (var failed : channel.live()) {
        failed.becomes(ConnectivityState.IDLE); // its backoff is over
      }
      assertFalse(Attempts.running(channel).isEmpty(), "nothing reconnects by itself");
      Attempts.succeed(channel);
      assertEquals(ConnectivityState.READY, channel.state());
      assertInstanceOf(PickResult.Complete.class, channel.pick());
    }
  }

  /** A picker is costly for a channel with many waiting calls: publish one per batch of changes. */
  @Test
  public void batchOfChangesIsOneUpdate() {
    var channel = channel();
    try (var balancer = create(channel)) {
      accept(channel, balancer, 1, 2, 3, 4);
      assertTrue(channel.updateCount() <= 1, channel.updates()::toString);
      var _ = channel.pick();
      channel.scheduler().run();
      int before = channel.updateCount();
      Attempts.running(channel).forEach(s -> s.queue(ConnectivityState.READY));
      channel.scheduler().run();
      assertTrue(channel.updateCount() - before <= 1, channel.updates()::toString);
      before = channel.updateCount();
      accept(channel, balancer, 1, 2, 3);
      assertTrue(channel.updateCount() - before <= 1, channel.updates()::toString);
    }
  }

  /** Picks happen on callers' threads while the channel goes on. */
  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  public void picksTakeNoLockOfTheBalancer() throws InterruptedException {
    var channel = channel();
    try (var balancer = create(channel)) {
      accept(channel, balancer, 1, 2);
      Attempts.succeed(channel);
      var picker = channel.picker();
      var call = FakeChannel.call();
      var caller = Thread.ofVirtual().unstarted(() -> picker.pick(call));
      synchronized (balancer.balancer()) {
        caller.start();
        assertTrue(caller.join(Duration.ofSeconds(20)), "a pick waits for the balancer's monitor");
      }
    }
  }

  /** A closed policy holds no subchannels and does not publish. */
  @Test
  public void closeShutsDownEverything() {
    var channel = channel();
    var balancer = create(channel);
    accept(channel, balancer, 1, 2, 3);
    Attempts.succeed(channel);
    channel.live().stream()
        .filter(s -> s.state() instanceof ConnectivityState.Ready)
        .forEach(s -> s.queue(ConnectivityState.IDLE));
    var picker = channel.picker();
    int updates = channel.updateCount();
    balancer.close();
    var _ = picker.pick(FakeChannel.call()); // a late call
    channel.scheduler().run();
    assertEquals(List.of(), channel.live());
    assertEquals(updates, channel.updateCount(), "published after it was closed");
    assertEquals(0, channel.scheduler().pendingTimers(), "timers left behind");
  }

  /**
   * All of this holds for events in any order, health and attributes included; at random, {@link
   * Rounds} times.
   */
  @Test
  public void randomInterleavingsBreakNoRule() {
    long first = Seed.ofRun().value();
    int rounds = Rounds.ofRun().count();
    for (int i = 0; i < rounds; i++) {
      var channel = channel();
      new Seed(first + i)
          .run(random -> new Interleaving(channel, create(channel), this::prepare, random).run());
    }
  }
}

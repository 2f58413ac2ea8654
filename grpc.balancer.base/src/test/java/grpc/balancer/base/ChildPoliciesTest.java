package grpc.balancer.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.FakeChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChildPoliciesTest {
  private static final Status REFUSED = Status.unavailable("refused");
  private static final ConnectivityState FAILURE = new ConnectivityState.TransientFailure(REFUSED);
  private static final Resolved NOTHING = ResolverState.resolved(List.of());

  private final FakeChannel channel = new FakeChannel();
  private final List<Map<String, ConnectivityState>> announced = new ArrayList<>();
  private final List<Scripted> made = new ArrayList<>();
  private final ChildPolicies<String> children = new ChildPolicies<>(channel, new Parent());

  /** Wakes children whose name begins with w. */
  private final class Parent implements ChildPolicies.Parent<String> {
    @Override
    public void changed(List<ChildPolicies.Child<String>> all) {
      announced.add(
          all.stream()
              .collect(Collectors.toMap(ChildPolicies.Child::key, ChildPolicies.Child::state)));
    }

    @Override
    public List<ChildPolicies.Child<String>> toConnect(List<ChildPolicies.Child<String>> all) {
      return all.stream()
          .filter(c -> c.key().startsWith("w") && c.state() instanceof ConnectivityState.Idle)
          .toList();
    }

    @Override
    public BalancerContext contextOf(ChildPolicies.Child<String> child, BalancerContext context) {
      return new ForwardingBalancerContext(context) {
        @Override
        public String target() {
          return child.key() + " in " + super.target();
        }
      };
    }
  }

  /** A child that publishes what the test says; it is CONNECTING when it is woken. */
  private static final class Scripted implements Balancer<NoConfig> {
    private final String policy;
    private final BalancerContext context;
    private final List<String> events = new ArrayList<>();

    Scripted(String policy, BalancerContext context) {
      this.policy = policy;
      this.context = context;
    }

    Picker becomes(ConnectivityState state) {
      var picker = Picker.of(PickResult.fail(Status.internal(policy)));
      context.update(state, picker);
      return picker;
    }

    @Override
    public Status accept(Resolved resolved, NoConfig config) {
      events.add("accept");
      return resolved.endpoints().isEmpty() ? Status.OK : REFUSED;
    }

    @Override
    public void resolverFailed(Status status) {
      events.add("failed");
    }

    @Override
    public void exitIdle() {
      events.add("exitIdle");
      context.update(ConnectivityState.CONNECTING, Picker.QUEUE);
    }

    @Override
    public void close() {
      events.add("close");
    }
  }

  private Policies.Choice<?> policy(String name) {
    BalancerProvider<NoConfig> provider =
        new BalancerProvider<>() {
          @Override
          public String policyName() {
            return name;
          }

          @Override
          public NoConfig parseConfig(JsonObject json, Policies policies) {
            return NoConfig.NONE;
          }

          @Override
          public Balancer<NoConfig> create(BalancerContext context) {
            var child = new Scripted(name, context);
            made.add(child);
            return child;
          }
        };
    return new Policies.Choice<>(provider, NoConfig.NONE);
  }

  private void have(String... keys) {
    var status =
        children.together(() -> {
          for (var child : children.children()) {
            if (!Set.of(keys).contains(child.key())) {
              children.remove(child.key());
            }
          }
          Status last = Status.OK;
          for (String key : keys) {
            last = children.accept(key, NOTHING, policy("p"));
          }
          return last;
        });
    assertEquals(Status.OK, status);
  }

  @Test
  void changesTogetherAreAnnouncedOnceAtTheirEnd() {
    var status =
        children.together(() -> {
          var answer = children.accept("a", NOTHING, policy("p"));
          made.getFirst().becomes(ConnectivityState.READY);
          assertEquals(List.of(), announced);
          return answer;
        });
    assertEquals(Status.OK, status);
    channel.scheduler().run();
    assertEquals(List.of(Map.of("a", ConnectivityState.READY)), announced);
  }

  @Test
  void burstOfUpdatesIsAnnouncedOnceAfterIt() {
    have("a", "b");
    announced.clear();
    made.get(0).becomes(ConnectivityState.READY);
    made.get(1).becomes(FAILURE);
    made.get(0).becomes(ConnectivityState.IDLE);
    children.changed();
    assertEquals(List.of(), announced, "the burst is not over");
    channel.scheduler().run();
    assertEquals(List.of(Map.of("a", ConnectivityState.IDLE, "b", FAILURE)), announced);
    children.changed();
    channel.scheduler().run();
    assertEquals(2, announced.size(), "the next burst");
  }

  @Test
  void burstThatIsAnnouncedAlreadyIsNotAnnouncedAgain() {
    have("a");
    made.getFirst().becomes(ConnectivityState.READY);
    announced.clear();
    have("a");
    channel.scheduler().run();
    assertEquals(1, announced.size());
  }

  @Test
  void childrenThatTheParentNamesAreConnectedBeforeTheAnnouncement() {
    have("w", "x");
    made.get(0).becomes(ConnectivityState.IDLE);
    made.get(1).becomes(ConnectivityState.IDLE);
    announced.clear();
    channel.scheduler().run();
    assertEquals(
        List.of(Map.of("w", ConnectivityState.CONNECTING, "x", ConnectivityState.IDLE)), announced);
  }

  @Test
  void failureLastsUntilReadyOrIdle() {
    have("a");
    var child = children.children().getFirst();
    assertEquals(ConnectivityState.CONNECTING, child.lastingState());
    for (var end : List.of(ConnectivityState.READY, ConnectivityState.IDLE)) {
      made.getFirst().becomes(FAILURE);
      var picker = made.getFirst().becomes(ConnectivityState.CONNECTING);
      assertEquals(ConnectivityState.CONNECTING, child.state());
      assertEquals(FAILURE, child.lastingState());
      assertSame(picker, child.picker());
      made.getFirst().becomes(end);
      assertEquals(end, child.lastingState());
    }
  }

  @Test
  void childThatIsKeptKeepsItsBalancerAndOthersAreClosed() {
    have("a", "b");
    var a = children.children().getFirst();
    have("a", "c");
    assertSame(a, children.children().getFirst());
    assertEquals(List.of("accept", "accept"), made.get(0).events);
    assertEquals(List.of("accept", "close"), made.get(1).events);
    assertEquals(
        List.of("a", "c"), children.children().stream().map(ChildPolicies.Child::key).toList());
  }

  @Test
  void childSwitchesItsPolicyGracefully() {
    have("a");
    var child = children.children().getFirst();
    var old = made.getFirst().becomes(ConnectivityState.READY);
    assertEquals(Status.OK, children.accept("a", NOTHING, policy("other")));
    assertSame(old, child.picker(), "the former serves until the next has made up its mind");
    var next = made.getLast().becomes(ConnectivityState.READY);
    assertSame(next, child.picker());
    channel.scheduler().run();
    assertEquals(List.of("accept", "close"), made.getFirst().events);
  }

  @Test
  void childHasTheContextThatTheParentMakes() {
    have("a");
    assertEquals("a in test:backends", made.getFirst().context.target());
    assertEquals(0, channel.updateCount(), "updates of a child are the parent's to publish");
    made.getFirst().becomes(ConnectivityState.READY);
    channel.scheduler().run();
    assertEquals(0, channel.updateCount());
  }

  @Test
  void allChildrenGetWhatTheParentForwards() {
    have("a", "b");
    children.resolverFailed(REFUSED);
    children.exitIdle();
    children.close();
    for (var child : made) {
      assertEquals(List.of("accept", "failed", "exitIdle", "close"), child.events);
    }
  }

  @Test
  void closedChildrenAreNotAnnounced() {
    have("w");
    made.getFirst().becomes(ConnectivityState.IDLE);
    announced.clear();
    children.close();
    channel.scheduler().run();
    made.getFirst().becomes(ConnectivityState.READY);
    channel.scheduler().run();
    assertEquals(List.of(), announced);
    assertEquals(List.of(), children.children());
    assertEquals(List.of("accept", "close"), made.getFirst().events, "it is not woken");
  }
}

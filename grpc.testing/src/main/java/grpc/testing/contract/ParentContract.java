package grpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tests that a policy with several children must pass, on top of {@link BalancerContract}. An
 * IDLE child connects when it gets a call. A child that gets no calls, because others are better,
 * would stay IDLE: its parent must wake it by {@link Balancer#exitIdle}.
 *
 * <p>The children belong to the test. The parent finds them under the name of {@link #childPolicy},
 * and must make at least one for each of the endpoints 1, 2 and 3 of {@link #prepare}.
 */
public abstract class ParentContract {
  private static final Status REFUSED = Status.unavailable("refused");
  private static final ConnectivityState FAILURE = new ConnectivityState.TransientFailure(REFUSED);

  /** The number of picks that is enough for a child with a share of a hundredth. */
  private static final int MANY = 10_000;

  private static final int ROUNDS = 100;

  /** For the subclass. */
  protected ParentContract() {}

  /** {@return the policy under test} */
  protected abstract BalancerProvider<?> provider();

  /** {@return the name of its children's policy; {@code pick_first} unless overridden} */
  protected String childPolicy() {
    return "pick_first";
  }

  /**
   * {@return its configuration; empty unless overridden} It may name {@link #childPolicy} and no
   * other.
   */
  protected JsonObject config() {
    return JsonObject.EMPTY;
  }

  /** {@return the resolution in the form that this policy expects; by default unchanged} */
  protected Resolved prepare(Resolved resolved) {
    return resolved;
  }

  /** A parent with its children in a channel. */
  private final class Family implements AutoCloseable {
    private final ChildPolicy policy = new ChildPolicy(childPolicy());
    private final FakeChannel channel = new FakeChannel(policy);
    private final ConfiguredBalancer<?> parent =
        ConfiguredBalancer.of(provider(), channel, config());

    Family starting(ConnectivityState state) {
      policy.starting(state);
      accept();
      return this;
    }

    void accept() {
      parent.accept(prepare(Endpoints.of(1, 2, 3)));
      channel.scheduler().run();
      assertTrue(children().size() > 1, "it made fewer than two children: " + children());
    }

    List<ChildPolicy.Child> children() {
      return policy.live();
    }

    void become(ChildPolicy.Child child, ConnectivityState state) {
      child.becomes(state);
      channel.scheduler().run();
    }

    void allBecome(ConnectivityState state) {
      children().forEach(child -> child.becomes(state));
      channel.scheduler().run();
    }

    void call(int count) {
      for (int i = 0; i < count; i++) {
        var _ = channel.pick();
      }
    }

    /** The child is connected by its parent, or by the next calls. */
    void assertComesBack(ChildPolicy.Child child, String when) {
      call(MANY);
      channel.scheduler().run();
      assertTrue(
          !(child.state() instanceof ConnectivityState.Idle),
          () ->
              "a child stays IDLE: %s it is neither picked nor woken (expected: exitIdle)"
                  .formatted(when));
    }

    @Override
    public void close() {
      parent.close();
    }
  }

  /** A connection is lost now and then; the share of the child must come back. */
  @Test
  public void idleChildComesBackWhileTheOthersAreReady() {
    try (var family = new Family().starting(ConnectivityState.CONNECTING)) {
      family.allBecome(ConnectivityState.READY);
      for (var child : family.children()) {
        family.become(child, ConnectivityState.IDLE);
        family.assertComesBack(child, "while the others are READY");
        family.become(child, ConnectivityState.READY);
        int before = child.picks();
        family.call(MANY);
        assertTrue(child.picks() > before, "READY again, it gets no calls");
      }
    }
  }

  /** The parent wakes it each time that it is IDLE, not only once. */
  @Test
  public void childThatIsIdleAgainAndAgainComesBackEachTime() {
    try (var family = new Family().starting(ConnectivityState.CONNECTING)) {
      family.allBecome(ConnectivityState.READY);
      var child = family.children().getFirst();
      for (int i = 0; i < ROUNDS; i++) {
        family.become(child, ConnectivityState.IDLE);
        family.assertComesBack(child, "for the %d. time,".formatted(i + 1));
      }
    }
  }

  /** Also while others are CONNECTING. */
  @Test
  public void idleChildComesBackWhileTheOthersConnect() {
    try (var family = new Family().starting(ConnectivityState.CONNECTING)) {
      var child = family.children().getFirst();
      family.become(child, ConnectivityState.READY);
      family.become(child, ConnectivityState.IDLE);
      family.assertComesBack(child, "while the others are CONNECTING");
    }
  }

  /** Also if it is the best child. */
  @Test
  public void idleChildComesBackWhileTheOthersFail() {
    try (var family = new Family().starting(FAILURE)) {
      var child = family.children().getFirst();
      family.become(child, ConnectivityState.READY);
      family.become(child, ConnectivityState.IDLE);
      family.assertComesBack(child, "while the others are in TRANSIENT_FAILURE");
    }
  }

  /** Some policies connect only when they are asked to. */
  @Test
  public void childThatStartsIdleConnects() {
    try (var family = new Family().starting(ConnectivityState.IDLE)) {
      for (int round = 0; round < ROUNDS && !allAre(family, ConnectivityState.READY); round++) {
        family.call(MANY);
        family.channel.scheduler().run();
        family.children().stream()
            .filter(child -> child.state() instanceof ConnectivityState.Connecting)
            .findFirst()
            .ifPresent(child -> family.become(child, ConnectivityState.READY));
      }
      assertTrue(
          allAre(family, ConnectivityState.READY),
          () -> "children that start IDLE stay so: " + family.children());
    }
  }

  /** The whole backend restarts, one server after the other or all at once. */
  @Test
  public void allChildrenComeBackOnceAllWereIdle() {
    try (var family = new Family().starting(ConnectivityState.CONNECTING)) {
      family.allBecome(ConnectivityState.READY);
      family.allBecome(ConnectivityState.IDLE);
      for (int round = 0; round < ROUNDS && !allAre(family, ConnectivityState.READY); round++) {
        var _ = family.channel.pick();
        family.channel.scheduler().run();
        family.children().stream()
            .filter(child -> child.state() instanceof ConnectivityState.Connecting)
            .forEach(child -> child.becomes(ConnectivityState.READY));
        family.channel.scheduler().run();
      }
      assertTrue(
          allAre(family, ConnectivityState.READY),
          () -> "not all children are back: " + family.children());
    }
  }

  private static boolean allAre(Family family, ConnectivityState state) {
    return family.children().stream().allMatch(child -> child.state().equals(state));
  }

  /** Also after a new resolution. */
  @Test
  public void childThatIsIdleWhenAResolutionComesConnects() {
    try (var family = new Family().starting(ConnectivityState.CONNECTING)) {
      family.allBecome(ConnectivityState.READY);
      var child = family.children().getLast();
      child.becomes(ConnectivityState.IDLE); // the parent has not seen it yet
      family.accept();
      family.assertComesBack(child, "after a resolution");
    }
  }

  /** Waking a child causes no extra update: the channel gets one per burst. */
  @Test
  public void burstOfChildrenThatGoIdleIsOneUpdate() {
    try (var family = new Family().starting(ConnectivityState.CONNECTING)) {
      family.allBecome(ConnectivityState.READY);
      int before = family.channel.updateCount();
      for (var child : family.children().subList(1, family.children().size())) {
        child.becomes(ConnectivityState.IDLE);
      }
      family.channel.scheduler().run();
      assertEquals(ConnectivityState.READY, family.channel.state());
      assertTrue(family.channel.updateCount() - before <= 1, family.channel.updates()::toString);
    }
  }

  /** A channel that is asked to connect asks all its children. */
  @Test
  public void exitIdleReachesAllChildren() {
    try (var family = new Family().starting(ConnectivityState.CONNECTING)) {
      family.allBecome(ConnectivityState.READY);
      family.allBecome(ConnectivityState.IDLE);
      family.parent.exitIdle();
      family.channel.scheduler().run();
      for (var child : family.children()) {
        assertTrue(!(child.state() instanceof ConnectivityState.Idle), child + " was not woken");
      }
    }
  }

  /** The parent passes the failure to each child. */
  @Test
  public void failureOfTheResolverReachesAllChildren() {
    try (var family = new Family().starting(ConnectivityState.CONNECTING)) {
      family.parent.resolverFailed(REFUSED);
      family.channel.scheduler().run();
      for (var child : family.children()) {
        assertEquals(1, child.failures(), child + " did not get the failure");
      }
    }
  }

  /** A closed parent has no children. */
  @Test
  public void closeClosesAllChildren() {
    var family = new Family().starting(ConnectivityState.CONNECTING);
    family.allBecome(ConnectivityState.READY);
    var child = family.children().getFirst();
    child.becomes(ConnectivityState.IDLE); // after the close
    int updates = family.channel.updateCount();
    family.close();
    family.channel.scheduler().run();
    assertEquals(List.of(), family.children());
    assertEquals(List.of(), family.channel.live());
    assertEquals(ConnectivityState.IDLE, child.state(), "a closed child was woken");
    assertEquals(updates, family.channel.updateCount(), "published after it was closed");
  }
}

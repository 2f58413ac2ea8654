package grpc.testing.contract;

import grpc.api.Attributes;
import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.DoneInfo;
import grpc.spi.balancer.ForwardingSubConn;
import grpc.spi.balancer.PickResult;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.ResolverState.Resolved;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import grpc.testing.FakeSubConn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One random life of a balancer: resolutions of other endpoints or other attributes, connections
 * that come and go, their health (A17), time, and picks, in any order and with events under way at
 * each. A failure's message lists the steps.
 */
final class Interleaving {
  private static final int PORTS = 6;
  private static final int MOST_STEPS = 40;
  private static final Attributes OTHER =
      Attributes.EMPTY.with(Attributes.Key.of("of a random test"), "other");
  private static final Status REFUSED = Status.unavailable("refused");
  private static final List<ConnectivityState> HEALTH =
      List.of(
          ConnectivityState.READY,
          ConnectivityState.CONNECTING,
          new ConnectivityState.TransientFailure(Status.unavailable("NOT_SERVING")));

  private final FakeChannel channel;
  private final ConfiguredBalancer<?> balancer;
  private final UnaryOperator<Resolved> prepare;
  private final Random random;
  private final List<String> steps = new ArrayList<>();
  private final List<Consumer<DoneInfo>> calls = new ArrayList<>();
  private Resolved last = ResolverState.resolved(List.of());

  Interleaving(
      FakeChannel channel,
      ConfiguredBalancer<?> balancer,
      UnaryOperator<Resolved> prepare,
      Random random) {
    this.channel = channel;
    this.balancer = balancer;
    this.prepare = prepare;
    this.random = random;
  }

  void run() {
    try {
      int count = random.nextInt(MOST_STEPS);
      for (int i = 0; i < count; i++) {
        step();
      }
      if (random.nextBoolean()) {
        recover();
      } // else it is closed in the middle of any work
      close();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s%nafter%n  %s".formatted(e.getMessage(), String.join("\n  ", steps)), e);
    }
  }

  private void step() {
    switch (random.nextInt(15)) {
      case 0, 1 -> accept(endpoints());
      case 14 -> accept(last.endpoints().stream().map(this::otherwise).toList());
      case 2 -> {
        steps.add("resolution fails");
        balancer.resolverFailed(Status.unavailable("no such host"));
      }
      case 3, 4, 5, 6 -> connection();
      case 7 -> {
        steps.add("one task");
        channel.scheduler().runNext();
      }
      case 8 -> settle();
      case 9 -> {
        steps.add("exitIdle");
        balancer.exitIdle();
      }
      case 10, 11 -> health();
      case 12 -> {
        var time = Duration.ofMillis(random.nextInt(1000));
        steps.add(time + " pass");
        channel.scheduler().advance(time);
      }
      default -> pick();
    }
  }

  private List<Endpoint> endpoints() {
    var endpoints = new ArrayList<Endpoint>();
    int count = random.nextInt(PORTS);
    for (int i = 0; i < count; i++) {
      var addresses = new ArrayList<Address>();
      for (int more = random.nextInt(4) == 0 ? 2 : 1; more > 0; more--) {
        addresses.add(Endpoints.address(1 + random.nextInt(PORTS)));
      }
      var endpoint = Endpoint.of(addresses);
      endpoints.add(random.nextInt(4) == 0 ? otherwise(endpoint) : endpoint);
    }
    return endpoints;
  }

  /** The endpoint with its addresses' attributes, or its own, changed, or as it is. */
  private Endpoint otherwise(Endpoint endpoint) {
    return switch (random.nextInt(3)) {
      case 0 ->
          endpoint.withAddresses(
              endpoint.addresses().stream()
                  .map(a -> a.withAttributes(change(a.attributes())))
                  .toList());
      case 1 -> endpoint.withAttributes(change(endpoint.attributes()));
      default -> endpoint;
    };
  }

  private static Attributes change(Attributes attributes) {
    return attributes.isEmpty() ? OTHER : Attributes.EMPTY;
  }

  private void accept(List<Endpoint> endpoints) {
    steps.add("resolved " + endpoints.stream().map(Interleaving::ports).toList());
    last = ResolverState.resolved(endpoints);
    var status = balancer.accept(prepare.apply(last));
    require(status.isOk() != endpoints.isEmpty(), "it answered " + status);
  }

  private static String ports(Endpoint endpoint) {
    return endpoint.addresses().stream()
            .map(a -> Endpoints.port(a) + (a.attributes().isEmpty() ? "" : "*"))
            .toList()
        + (endpoint.attributes().isEmpty() ? "" : "*");
  }

  private void connection() {
    var live = channel.live();
    if (!live.isEmpty()) {
      advance(live.get(random.nextInt(live.size())), random.nextInt(3) == 0);
    }
  }

  private void advance(FakeSubConn subConn, boolean fails) {
    var was = subConn.state();
    switch (was) {
      case ConnectivityState.Connecting c ->
          subConn.queue(
              fails ? new ConnectivityState.TransientFailure(REFUSED) : ConnectivityState.READY);
      case ConnectivityState.Ready r -> subConn.queue(ConnectivityState.IDLE);
      case ConnectivityState.TransientFailure f -> subConn.queue(ConnectivityState.IDLE);
      case ConnectivityState.Idle i -> {}
      case ConnectivityState.Shutdown s -> {}
    }
    if (!was.equals(subConn.state())) {
      steps.add("%s -> %s".formatted(was, subConn));
    }
  }

  /**
   * The health of any connection, also of one that is not up: its next connection starts with it.
   */
  private void health() {
    var live = channel.live();
    if (!live.isEmpty()) {
      become(live.get(random.nextInt(live.size())), HEALTH.get(random.nextInt(HEALTH.size())));
    }
  }

  private void become(FakeSubConn subConn, ConnectivityState health) {
    steps.add("health of %s: %s".formatted(subConn, health));
    subConn.queueHealth(health);
  }

  private void settle() {
    steps.add("all tasks");
    channel.scheduler().run();
    if (channel.state() instanceof ConnectivityState.Ready) {
      require(
          channel.live().stream().anyMatch(Interleaving::mayBePicked),
          "it says READY, but no subchannel is, or none whose health it watches is healthy");
    }
  }

  /** A policy that does not watch health need not know it. */
  private static boolean mayBePicked(FakeSubConn subConn) {
    return subConn.state() instanceof ConnectivityState.Ready
        && (!subConn.isHealthWatched() || subConn.health() instanceof ConnectivityState.Ready);
  }

  private boolean pick() {
    boolean settled = channel.scheduler().pendingTasks() == 0;
    var result = channel.pick();
    steps.add("pick: " + result);
    if (!(result instanceof PickResult.Complete complete)) {
      return false;
    }
    var picked = ForwardingSubConn.innermost(complete.subConn());
    require(
        picked instanceof FakeSubConn s && channel.subConns().contains(s),
        "it picked a subchannel that is not the channel's");
    var subConn = (FakeSubConn) picked;
    require(subConn.wasReady(), "it picked a subchannel that never was READY: " + subConn);
    require(
        !settled || subConn.state() instanceof ConnectivityState.Ready,
        "it picked a subchannel that is not READY, with no event under way: " + subConn);
    require(
        !settled || mayBePicked(subConn),
        "it watches the health of %s and picked it in spite of %s, with no event under way"
            .formatted(subConn, subConn.health()));
    if (random.nextBoolean()) {
      calls.add(complete.onDone());
    } else {
      end(complete.onDone());
    }
    return true;
  }

  private static void end(Consumer<DoneInfo> call) {
    call.accept(DoneInfo.of(Status.OK).withBytesReceived(true));
  }

  /**
   * After any events: once all endpoints are healthy and connect, calls succeed, and only addresses
   * of the last resolution have connections. An address includes its attributes.
   */
  private void recover() {
    accept(Endpoints.of(1, 2, 3).endpoints().stream().map(this::otherwise).toList());
    for (int round = 0; round < 50; round++) {
      settle();
      if (pick() && stale().isEmpty()) {
        return;
      }
      settle();
      channel
          .live()
          .forEach(s -> {
            if (!(s.state() instanceof ConnectivityState.Ready)) {
              advance(s, false);
            }
            become(s, ConnectivityState.READY);
          });
      channel.scheduler().advance(Duration.ofSeconds(1));
    }
    require(stale().isEmpty(), "it keeps subchannels that are resolved no more: " + stale());
    throw new AssertionError(
        "calls wait without end, although every endpoint is healthy and connects");
  }

  private List<FakeSubConn> stale() {
    var resolved =
        prepare.apply(last).endpoints().stream().flatMap(e -> e.addresses().stream()).toList();
    return channel.live().stream().filter(s -> !resolved.contains(s.address())).toList();
  }

  private void close() {
    for (int i = random.nextInt(5); i > 0; i--) {
      connection();
    }
    var late = channel.picker();
    int updates = channel.updateCount();
    steps.add("close");
    balancer.close();
    var _ = late.pick(FakeChannel.call());
    calls.forEach(Interleaving::end);
    channel.scheduler().advance(Duration.ofHours(1));
    require(channel.live().isEmpty(), "subchannels left open: " + channel.live());
    require(channel.updateCount() == updates, "it published after it was closed");
    require(channel.scheduler().pendingTimers() == 0, "it left timers behind");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }
}

package grpc.testing;

import grpc.api.CallOptions;
import grpc.api.ConnectivityState;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The channel around a balancer under test. It records the balancer's updates, and makes
 * subchannels that the test controls. Everything happens on the test's thread.
 */
public final class FakeChannel implements BalancerContext {
  /**
   * An update of a balancer.
   *
   * @param state the connectivity
   * @param picker the picker
   */
  public record Update(ConnectivityState state, Picker picker) {}

  private record Call(MethodDescriptor<?, ?> method, CallOptions options) implements PickInfo {}

  private static final PickInfo CALL =
      new Call(
          MethodDescriptor.of("test/call", MethodType.UNARY, byte[].class, byte[].class, "raw"),
          CallOptions.DEFAULT);

  private final FakeScheduler scheduler = new FakeScheduler();
  private final List<BalancerProvider<?>> policies;
  private final List<FakeSubConn> subConns = new ArrayList<>();
  private final List<Update> updates = new ArrayList<>();
  private int resolutionsAsked;

  /** A channel whose balancers find these policies by name. */
  public FakeChannel(BalancerProvider<?>... policies) {
    this.policies = List.of(policies);
  }

  /** {@return all subchannels ever made, the oldest first} */
  public List<FakeSubConn> subConns() {
    return List.copyOf(subConns);
  }

  /** {@return the subchannels that are not shut down, the oldest first} */
  public List<FakeSubConn> live() {
    return subConns.stream().filter(s -> !s.isShutDown()).toList();
  }

  /**
   * {@return the newest subchannel to this address}
   *
   * @throws AssertionError when there was never one
   */
  public FakeSubConn to(Address address) {
    return subConns.reversed().stream()
        .filter(s -> s.address().equals(address))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError("no subchannel to " + address + " (there are " + subConns + ")"));
  }

  /** {@return the newest subchannel to {@link Endpoints#address} of this port} */
  public FakeSubConn to(int port) {
    return to(Endpoints.address(port));
  }

  /** {@return all updates, the oldest first} */
  public List<Update> updates() {
    return List.copyOf(updates);
  }

  /** {@return the number of updates} */
  public int updateCount() {
    return updates.size();
  }

  /** {@return the state published last; CONNECTING before there is one, as in a channel} */
  public ConnectivityState state() {
    return updates.isEmpty() ? ConnectivityState.CONNECTING : updates.getLast().state();
  }

  /** {@return the picker published last; one that queues before there is one} */
  public Picker picker() {
    return updates.isEmpty() ? Picker.QUEUE : updates.getLast().picker();
  }

  /** {@return the current picker's answer for a unary call with no options} */
  public PickResult pick() {
    return picker().pick(CALL);
  }

  /** {@return the call that {@link #pick} asks for} */
  public static PickInfo call() {
    return CALL;
  }

  /**
   * {@return the port that the current picker chooses}
   *
   * @throws AssertionError when it chooses none
   */
  public int pickedPort() {
    if (pick() instanceof PickResult.Complete complete) {
      return Endpoints.port(complete.subConn().address());
    }
    throw new AssertionError("no pick in state " + state());
  }

  /** {@return the number of the balancer's requests for a fresh resolution} */
  public int resolutionsAsked() {
    return resolutionsAsked;
  }

  @Override
  public SubConn newSubConn(Address address, SubConn.Listener listener) {
    var subConn = new FakeSubConn(address, listener, scheduler);
    subConns.add(subConn);
    return subConn;
  }

  @Override
  public void update(ConnectivityState connectivity, Picker picker) {
    updates.add(new Update(connectivity, picker));
  }

  @Override
  public void resolveNow() {
    resolutionsAsked++;
  }

  @Override
  public Optional<Policies.Choice<?>> policy(String name) {
    return policies().byName(name);
  }

  /** {@return the policies that its balancers find} */
  public Policies policies() {
    return name ->
        policies.stream()
            .filter(p -> p.policyName().equals(name))
            .<BalancerProvider<?>>map(p -> p)
            .findFirst();
  }

  /** {@return {@code test:backends}} */
  @Override
  public String target() {
    return "test:backends";
  }

  @Override
  public FakeScheduler scheduler() {
    return scheduler;
  }
}

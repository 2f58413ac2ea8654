package grpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.ResolverState;
import grpc.testing.FakeChannel;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The random run finds what it is there to find. */
class InterleavingTest {
  private static void runs(boolean watching) {
    runs(watching, Object::equals);
  }

  private static void runs(boolean watching, BiPredicate<Address, Address> same) {
    for (int seed = 0; seed < 1000; seed++) {
      var channel = new FakeChannel();
      var balancer = new FirstAddress(channel, watching, same);
      new Interleaving(
              channel,
              new ConfiguredBalancer<>(balancer, NoConfig.NONE),
              UnaryOperator.identity(),
              new Random(seed))
          .run();
    }
  }

  @Test
  void policyThatWatchesHealthAndPicksTheUnhealthyIsFound() {
    var found = assertThrows(AssertionError.class, () -> runs(true));
    assertTrue(found.getMessage().contains("health"), found::getMessage);
  }

  @Test
  void policyThatDoesNotWatchHealthNeedNotKnowOfIt() {
    runs(false);
  }

  @Test
  void policyThatTakesNoNoticeOfAttributesIsFound() {
    var found =
        assertThrows(
            AssertionError.class,
            () -> runs(false, (a, b) -> a.socketAddress().equals(b.socketAddress())));
    assertTrue(found.getMessage().contains("resolved no more"), found::getMessage);
  }

  /** Connects to one address and stays with it, whatever it hears of its health. */
  private static final class FirstAddress implements Balancer<NoConfig> {
    private final BalancerContext context;
    private final boolean watching;
    private final BiPredicate<Address, Address> same;
    private Optional<SubConn> subConn = Optional.empty();

    FirstAddress(BalancerContext context, boolean watching, BiPredicate<Address, Address> same) {
      this.context = context;
      this.watching = watching;
      this.same = same;
    }

    @Override
    public Status accept(ResolverState.Resolved resolved, NoConfig config) {
      if (resolved.endpoints().isEmpty()) {
        close();
        return context.fail(Status.unavailable("no endpoints"));
      }
      var address = resolved.endpoints().getFirst().addresses().getFirst();
      if (subConn.filter(s -> same.test(s.address(), address)).isEmpty()) {
        close();
        connect(address);
      }
      return Status.OK;
    }

    private void connect(Address address) {
      context.update(ConnectivityState.CONNECTING, Picker.QUEUE);
      subConn = Optional.of(context.newSubConn(address, this::changed));
      exitIdle();
    }

    private void changed(SubConn changed, ConnectivityState now) {
      if (!Optional.of(changed).equals(subConn)) {
        return; // shut down before this
      }
      if (now instanceof ConnectivityState.Ready && watching) {
        changed.watchHealth((same, health) -> {});
      }
      switch (now) {
        case ConnectivityState.Idle i -> exitIdle();
        case ConnectivityState.Ready r ->
            context.update(now, Picker.of(PickResult.complete(changed)));
        case ConnectivityState.TransientFailure(Status status) -> {
          var _ = context.fail(status);
        }
        case ConnectivityState.Connecting c -> context.update(now, Picker.QUEUE);
        case ConnectivityState.Shutdown s -> {}
      }
    }

    @Override
    public void resolverFailed(Status status) {
      if (subConn.isEmpty()) {
        var _ = context.fail(status);
      }
    }

    @Override
    public void exitIdle() {
      subConn.ifPresent(SubConn::connect);
    }

    @Override
    public void close() {
      subConn.ifPresent(SubConn::shutdown);
      subConn = Optional.empty();
    }
  }
}

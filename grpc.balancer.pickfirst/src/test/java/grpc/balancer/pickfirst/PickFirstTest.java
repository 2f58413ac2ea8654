package grpc.balancer.pickfirst;

import static grpc.balancer.pickfirst.FakeChannel.resolved;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.PickResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PickFirstTest {
  private static final ConnectivityState FAILED =
      new ConnectivityState.TransientFailure(Status.unavailable("refused"));

  private final FakeChannel channel = new FakeChannel();
  private final PickFirst balancer = new PickFirst(channel);

  private void accept(int... ports) {
    assertTrue(balancer.accept(resolved(ports), BalancerConfig.NONE).isOk());
  }

  private int picked() {
    var complete = assertInstanceOf(PickResult.Complete.class, channel.pick());
    for (int port = 1; port < 10; port++) {
      if (complete.subConn().address().equals(FakeChannel.address(port))) {
        return port;
      }
    }
    throw new AssertionError(complete);
  }

  @Test
  void addressesAreTriedInOrderAndTheFirstReadyOneStays() {
    accept(1, 2, 3);
    assertSame(PickResult.QUEUE, channel.pick());
    channel.to(1).becomes(FAILED);
    assertSame(PickResult.QUEUE, channel.pick());
    channel.to(2).becomes(ConnectivityState.READY);
    assertEquals(2, picked());
    assertTrue(channel.to(1).shutDown);
    assertEquals(2, channel.subConns.size(), "the third was never needed");
  }

  @Test
  void allFailedIsStickyUntilReadyWhileEachReconnects() {
    accept(1, 2);
    channel.to(1).becomes(FAILED);
    channel.to(2).becomes(FAILED);
    assertEquals(FAILED, channel.state());
    assertEquals(1, channel.resolveNows);
    channel.to(1).becomes(ConnectivityState.IDLE); // its backoff is over
    assertEquals(2, channel.to(1).connects);
    assertInstanceOf(PickResult.Fail.class, channel.pick());
    channel.to(1).becomes(ConnectivityState.READY);
    assertEquals(1, picked());
  }

  @Test
  void lostConnectionIsIdleUntilTheNextPick() {
    accept(1);
    channel.to(1).becomes(ConnectivityState.READY);
    channel.to(1).becomes(ConnectivityState.IDLE);
    assertEquals(ConnectivityState.IDLE, channel.state());
    assertEquals(1, channel.resolveNows);
    assertEquals(1, channel.to(1).connects);
    assertSame(PickResult.QUEUE, channel.pick());
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    assertEquals(2, channel.subConns.size());
  }

  @Test
  void updateThatHoldsTheReadyAddressKeepsTheConnection() {
    accept(1, 2);
    channel.to(1).becomes(ConnectivityState.READY);
    var ready = channel.to(1);
    accept(3, 1);
    assertFalse(ready.shutDown);
    assertEquals(1, picked());
    accept(3);
    assertTrue(ready.shutDown);
    channel.to(3).becomes(ConnectivityState.READY);
    assertEquals(3, picked());
  }

  @Test
  void emptyResolutionFailsCalls() {
    var status = balancer.accept(resolved(), BalancerConfig.NONE);
    assertFalse(status.isOk());
    assertInstanceOf(PickResult.Fail.class, channel.pick());
    accept(1);
    channel.to(1).becomes(ConnectivityState.READY);
    assertEquals(1, picked());
  }

  @Test
  void shutDownSubchannelsAreNotHeard() {
    accept(1, 2);
    var first = channel.to(1);
    first.becomes(FAILED);
    channel.to(2).becomes(ConnectivityState.READY);
    int states = channel.states.size();
    first.becomes(ConnectivityState.READY);
    assertEquals(states, channel.states.size());
  }

  @Test
  void configurationIsChecked() {
    var provider = new PickFirstProvider();
    assertEquals(
        new PickFirstConfig(true), provider.parseConfig(Map.of("shuffleAddressList", true)));
    assertThrows(
        IllegalArgumentException.class,
        () -> provider.parseConfig(Map.of("shuffleAddressList", "yes")));
  }
}

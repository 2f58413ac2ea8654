package grpc.balancer.pickfirst;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.SubConn;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PickFirstTest {
  private final FakeChannel channel = new FakeChannel();
  private final PickFirst balancer = new PickFirst(channel, new Random(1));

  private void accept(int... ports) {
    accept(PickFirstConfig.DEFAULT, ports);
  }

  private void accept(PickFirstConfig config, int... ports) {
    assertTrue(balancer.accept(Endpoints.of(ports), config).isOk());
    channel.scheduler().run();
  }

  private List<Integer> ports() {
    return channel.subConns().stream().map(SubConn::address).map(Endpoints::port).toList();
  }

  private void pass(int millis) {
    channel.scheduler().advance(Duration.ofMillis(millis));
  }

  private void assertFailing() {
    assertInstanceOf(ConnectivityState.TransientFailure.class, channel.state());
    assertInstanceOf(PickResult.Fail.class, channel.pick());
  }

  @Test
  void addressesAreTriedInOrderAndTheFirstReadyOneStays() {
    accept(1, 2, 3);
    assertSame(PickResult.QUEUE, channel.pick());
    channel.to(1).fails("refused");
    assertSame(PickResult.QUEUE, channel.pick());
    channel.to(2).becomes(ConnectivityState.READY);
    assertEquals(2, channel.pickedPort());
    assertTrue(channel.to(1).isShutDown());
    assertEquals(List.of(1, 2), ports(), "the third was never needed");
  }

  @Test
  void nextAddressIsTriedBesideASlowOneAfterTheAttemptDelay() {
    accept(1, 2, 3);
    pass(249);
    assertEquals(List.of(1), ports());
    pass(1);
    assertEquals(List.of(1, 2), ports());
    pass(249);
    assertEquals(List.of(1, 2), ports());
    pass(1);
    assertEquals(List.of(1, 2, 3), ports());
    channel.to(1).becomes(ConnectivityState.READY);
    assertEquals(1, channel.pickedPort());
    assertTrue(channel.to(2).isShutDown());
    assertTrue(channel.to(3).isShutDown());
    assertEquals(0, channel.scheduler().pendingTimers());
  }

  @Test
  void attemptDelayIsConfigurable() {
    accept(new PickFirstConfig(false, Duration.ofMillis(100)), 1, 2);
    pass(100);
    assertEquals(List.of(1, 2), ports());
  }

  @Test
  void failureStartsTheNextAttemptAndItsDelayAnew() {
    accept(1, 2, 3);
    pass(200);
    channel.to(1).fails("refused");
    assertEquals(List.of(1, 2), ports());
    pass(249);
    assertEquals(List.of(1, 2), ports());
    pass(1);
    assertEquals(List.of(1, 2, 3), ports());
  }

  @Test
  void failureOfAnEarlierAttemptStartsNothing() {
    accept(1, 2, 3);
    pass(250);
    channel.to(1).fails("refused");
    assertEquals(List.of(1, 2), ports());
  }

  @Test
  void slowAttemptIsAwaitedBeforeAllHaveFailed() {
    accept(1, 2);
    pass(250);
    channel.to(2).fails("refused");
    channel.to(2).becomes(ConnectivityState.IDLE);
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    assertEquals(1, channel.to(2).attempts(), "not again in the first pass");
    channel.to(1).fails("refused");
    assertFailing();
    assertEquals(2, channel.to(2).attempts(), "its backoff was over already");
  }

  @Test
  void allFailedIsStickyUntilReadyWhileEachReconnects() {
    accept(1, 2);
    channel.to(1).fails("refused");
    channel.to(2).fails("refused");
    assertFailing();
    channel.to(1).becomes(ConnectivityState.IDLE); // its backoff is over
    assertEquals(2, channel.to(1).attempts());
    assertFailing();
    channel.to(1).becomes(ConnectivityState.READY);
    assertEquals(1, channel.pickedPort());
  }

  @Test
  void freshResolutionIsAskedForEachTimeAsManyAttemptsFailedAsThereAreSubchannels() {
    accept(1, 2);
    channel.to(1).fails("refused");
    assertEquals(0, channel.resolutionsAsked());
    channel.to(2).fails("refused");
    assertEquals(1, channel.resolutionsAsked());
    for (int round = 2; round < 5; round++) {
      channel.to(1).becomes(ConnectivityState.IDLE);
      channel.to(1).fails("refused");
      assertEquals(round - 1, channel.resolutionsAsked());
      channel.to(1).becomes(ConnectivityState.IDLE);
      channel.to(1).fails("refused " + round);
      assertEquals(round, channel.resolutionsAsked());
      var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
      assertEquals("refused " + round, fail.status().message(), "calls hear the latest reason");
    }
  }

  @Test
  void sameAddressesWhileAllWaitForTheirBackoffAskForNothing() {
    accept(1, 2);
    channel.to(1).fails("refused");
    channel.to(2).fails("refused");
    assertEquals(1, channel.resolutionsAsked());
    accept(1, 2);
    accept(2);
    assertEquals(1, channel.resolutionsAsked(), "nothing was tried since");
    assertFailing();
    channel.to(2).becomes(ConnectivityState.IDLE);
    channel.to(2).fails("refused");
    assertEquals(2, channel.resolutionsAsked());
  }

  @Test
  void newAddressesDoNotEndAFailure() {
    accept(1);
    channel.to(1).fails("refused");
    accept(1, 2);
    assertFailing();
    assertEquals(1, channel.to(1).attempts(), "it is in its backoff");
    channel.to(2).fails("refused");
    assertFailing();
    assertEquals(2, channel.resolutionsAsked());
    channel.to(2).becomes(ConnectivityState.IDLE);
    channel.to(2).becomes(ConnectivityState.READY);
    assertEquals(2, channel.pickedPort());
  }

  @Test
  void resolverFailureIsToldOnlyWhereNothingWorks() {
    balancer.resolverFailed(Status.unavailable("no such host"));
    assertFailing();
    accept(1);
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    balancer.resolverFailed(Status.unavailable("no such host"));
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    channel.to(1).fails("refused");
    balancer.resolverFailed(Status.unavailable("no such host"));
    var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertEquals("no such host", fail.status().message());
  }

  @Test
  void lostConnectionIsIdleUntilTheNextPick() {
    accept(1, 2);
    channel.to(1).becomes(ConnectivityState.READY);
    channel.to(1).becomes(ConnectivityState.IDLE);
    assertEquals(ConnectivityState.IDLE, channel.state());
    assertEquals(1, channel.resolutionsAsked());
    assertEquals(1, channel.to(1).attempts());
    accept(1, 2);
    assertEquals(ConnectivityState.IDLE, channel.state(), "a resolution is no call");
    assertSame(PickResult.QUEUE, channel.pick());
    channel.scheduler().run();
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    assertEquals(2, channel.to(1).attempts());
    channel.to(1).fails("refused");
    channel.to(2).becomes(ConnectivityState.READY);
    assertEquals(2, channel.pickedPort());
  }

  @Test
  void manyPicksWhileIdleConnectOnce() {
    accept(1);
    channel.to(1).becomes(ConnectivityState.READY);
    channel.to(1).becomes(ConnectivityState.IDLE);
    for (int i = 0; i < 100; i++) {
      assertSame(PickResult.QUEUE, channel.pick());
    }
    assertEquals(1, channel.scheduler().pendingTasks());
  }

  @Test
  void updateThatHoldsTheReadyAddressKeepsTheConnection() {
    accept(1, 2);
    channel.to(1).becomes(ConnectivityState.READY);
    var ready = channel.to(1);
    accept(3, 1);
    assertFalse(ready.isShutDown());
    assertEquals(1, channel.pickedPort());
    accept(3);
    assertTrue(ready.isShutDown());
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    channel.to(3).becomes(ConnectivityState.READY);
    assertEquals(3, channel.pickedPort());
  }

  @Test
  void updateWhileConnectingKeepsTheAttemptsThatRun() {
    accept(1, 2);
    pass(250);
    accept(3, 2);
    assertTrue(channel.to(1).isShutDown());
    assertEquals(1, channel.to(2).attempts());
    assertEquals(1, channel.to(3).attempts());
    channel.to(2).becomes(ConnectivityState.READY);
    assertEquals(2, channel.pickedPort());
    assertTrue(channel.to(3).isShutDown());
  }

  @Test
  void addressesThatAreGivenTwiceAreTriedOnce() {
    accept(1, 1, 2, 1);
    channel.to(1).fails("refused");
    channel.to(2).fails("refused");
    assertFailing();
    assertEquals(List.of(1, 2), ports());
  }

  @Test
  void shuffledEndpointsComeInAnotherOrderOfTheSeed() {
    var shuffling = new PickFirstConfig(true, Duration.ofMillis(250));
    var firsts = new int[4];
    for (int seed = 0; seed < 3000; seed++) {
      var other = new FakeChannel();
      try (var one = new PickFirst(other, new Random(seed))) {
        assertTrue(one.accept(Endpoints.of(1, 2, 3), shuffling).isOk());
        firsts[Endpoints.port(other.live().getFirst().address())]++;
      }
    }
    for (int port = 1; port <= 3; port++) {
      assertEquals(1000, firsts[port], 100, "four standard deviations");
    }
  }

  @Test
  void emptyResolutionFailsCalls() {
    var status = balancer.accept(Endpoints.of(), PickFirstConfig.DEFAULT);
    assertFalse(status.isOk());
    assertFailing();
    accept(1);
    channel.to(1).becomes(ConnectivityState.READY);
    assertEquals(1, channel.pickedPort());
  }

  @Test
  void shutDownSubchannelsAreNotHeard() {
    accept(1, 2);
    pass(250);
    channel.to(1).queue(ConnectivityState.READY);
    channel.to(2).queue(ConnectivityState.READY);
    channel.scheduler().run();
    assertEquals(1, channel.pickedPort());
    assertEquals(2, channel.updateCount());
    assertNotEquals(ConnectivityState.READY, channel.to(2).state());
  }
}

package grpc.kernel.subchannel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Attributes;
import grpc.api.ConnectivityState;
import grpc.api.StatusCode;
import grpc.kernel.channel.TestChannel;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.testing.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(booleans = {false, true})
class SubchannelPoolTest {
  private final TestChannel channel;
  private final SubchannelPool subchannels;
  private final List<ConnectivityState> heard = new ArrayList<>();

  /** Subchannels of a channel with an observer of connections, or without one. */
  SubchannelPoolTest(boolean observed) {
    channel = observed ? TestChannel.observed(() -> "idle") : new TestChannel();
    subchannels =
        new SubchannelPool(
            channel.time,
            new OpenTransports(channel.core.settings()),
            new HealthChecks(channel.core.settings(), channel.time, status -> {}),
            new DirectChannels(
                channel.core.settings(),
                channel.time,
                environment -> {
                  throw new UnsupportedOperationException("no calls here");
                }),
            () -> 0.5);
  }

  @AfterEach
  void close() {
    channel.close();
    assertEquals(0, channel.time.pendingTimers(), "timers left behind");
  }

  private SubchannelHandle open(int port) {
    return open(Endpoints.address(port));
  }

  private SubchannelHandle open(Address address) {
    return subchannels.open(address, (subConn, now) -> heard.add(now));
  }

  private void connect(SubConn subConn) {
    subConn.connect();
    channel.time.run();
  }

  @Test
  void subchannelsToOneAddressShareTheConnection() {
    var one = open(1);
    var other = open(1);
    connect(one);
    var connection = channel.ready();
    assertEquals(List.of(ConnectivityState.CONNECTING, ConnectivityState.READY), heard);
    assertNull(other.connection(), "it has not asked");
    connect(other);
    assertSame(connection, other.connection().transport());
    assertEquals(1, channel.transport.connections().size());

    one.shutdown();
    assertFalse(connection.wasDrained());
    assertNull(one.connection());
    assertSame(connection, other.connection().transport());
    other.shutdown();
    channel.time.run();
    assertTrue(connection.wasDrained());
  }

  @Test
  void addressesWithOtherAttributesHaveConnectionsOfTheirOwn() {
    var zone = Attributes.Key.<String>of("zone");
    var socketAddress = Endpoints.address(1).socketAddress();
    connect(open(Address.of(socketAddress).withAttributes(Attributes.EMPTY.with(zone, "a"))));
    connect(open(Address.of(socketAddress).withAttributes(Attributes.EMPTY.with(zone, "b"))));
    connect(open(Address.of(socketAddress).withAttributes(Attributes.EMPTY.with(zone, "a"))));
    assertEquals(2, channel.transport.connections().size());
  }

  @Test
  void connectionsThatPingedTooOftenMakeLaterOnesPingHalfAsOftenOnce() {
    connect(open(1));
    var one = channel.ready();
    connect(open(2));
    var other = channel.ready();
    assertEquals(TestChannel.KEEPALIVE, other.options().keepalive().orElseThrow());
    one.goesAwayForPings();
    other.goesAwayForPings();
    connect(open(3));
    var longer = channel.ready().options().keepalive().orElseThrow();
    assertEquals(TestChannel.KEEPALIVE.time().multipliedBy(2), longer.time());
    channel.transport.newest().goesAwayForPings();
    connect(open(4));
    var longest = channel.ready().options().keepalive().orElseThrow();
    assertEquals(TestChannel.KEEPALIVE.time().multipliedBy(4), longest.time());
  }

  @Test
  void lastSubchannelTakesAnUnfinishedAttemptWithIt() {
    var only = open(1);
    connect(only);
    only.shutdown();
    channel.time.run();
    assertTrue(channel.transport.newest().isClosed());
    assertEquals(ConnectivityState.SHUTDOWN, heard.getLast());
    connect(open(1));
    assertEquals(2, channel.transport.connections().size());
  }

  @Test
  void lostConnectionIsIdleForAllThatUsedIt() {
    var one = open(1);
    var other = open(1);
    connect(one);
    channel.ready();
    connect(other);
    channel.pass(ConnectBackoff.SETTLED);
    heard.clear();
    channel.transport.newest().goesAway("GOAWAY");
    channel.time.run();
    assertEquals(List.of(ConnectivityState.IDLE, ConnectivityState.IDLE), heard);
    connect(one);
    assertEquals(2, channel.transport.connections().size());
    one.shutdown();
    other.shutdown();
    channel.time.run();
  }

  @Test
  void failureWaitsForItsBackoffWhichGrowsUntilReady() {
    var one = open(1);
    for (double seconds : new double[] {1, 1.6, 2.56, 4.096}) {
      connect(one);
      channel.fails();
      assertInstanceOf(ConnectivityState.TransientFailure.class, heard.getLast());
      channel.pass(Duration.ofMillis((long) (seconds * 1000) - 1));
      assertInstanceOf(ConnectivityState.TransientFailure.class, heard.getLast());
      channel.pass(Duration.ofMillis(2));
      assertEquals(ConnectivityState.IDLE, heard.getLast());
    }
    connect(one);
    channel.ready();
    channel.pass(ConnectBackoff.SETTLED);
    channel.transport.newest().goesAway("GOAWAY");
    channel.time.run();
    connect(one);
    channel.fails();
    channel.pass(Duration.ofMillis(1001));
    assertEquals(ConnectivityState.IDLE, heard.getLast());
  }

  @Test
  void connectionThatWasReadyTooBrieflyWaitsForTheBackoffOfItsAttempt() {
    var one = open(1);
    connectAndLose(one); // the first is made anew at once
    int made = 1;
    for (double seconds : new double[] {1.6, 2.56, 4.096}) {
      connect(one);
      made++;
      assertEquals(made, channel.transport.connections().size());
      channel.ready();
      channel.pass(ConnectBackoff.SETTLED.minusNanos(1));
      channel.transport.newest().goesAway("GOAWAY");
      channel.time.run();
      assertEquals(ConnectivityState.IDLE, heard.getLast(), "as of every connection that is lost");
      connect(one);
      var failure =
          assertInstanceOf(ConnectivityState.TransientFailure.class, heard.getLast()).status();
      assertEquals(StatusCode.UNAVAILABLE, failure.code());
      assertTrue(failure.message().contains("was lost 999 ms after it came up"), failure::message);
      assertTrue(failure.message().contains("GOAWAY"), failure::message);
      assertEquals(made, channel.transport.connections().size());
      channel.pass(Duration.ofMillis((long) (seconds * 1000) - 1000));
      channel.pass(Duration.ofMillis(2));
      assertEquals(ConnectivityState.IDLE, heard.getLast());
    }
  }

  private void connectAndLose(SubConn subConn) {
    connect(subConn);
    channel.ready().goesAway("GOAWAY");
    channel.time.run();
    assertEquals(ConnectivityState.IDLE, heard.getLast());
  }

  @Test
  void connectionThatEndsAsSoonAsItIsReadyIsMadeOnceABackoff() {
    var one = open(1);
    for (int round = 0; round < 1000; round++) {
      connect(one);
      var newest = channel.transport.newest();
      if (newest.isClosed()) {
        channel.pass(Duration.ofMillis(10)); // somebody calls all the time
      } else {
        channel.ready();
        newest.goesAway("GOAWAY");
        channel.time.run();
      }
    }
    int made = channel.transport.connections().size();
    assertTrue(made >= 4 && made <= 6, () -> made + " connections within ten seconds");
    subchannels.shutdown();
    channel.time.run();
  }

  @Test
  void connectionThatWasReadyTooBrieflyIsRememberedWhereNobodyUsesIt() {
    var one = open(1);
    connectAndLose(one);
    one.shutdown();
    var other = open(1);
    connectAndLose(other);
    other.shutdown();
    var again = open(1);
    connect(again);
    assertInstanceOf(ConnectivityState.TransientFailure.class, heard.getLast());
    assertEquals(2, channel.transport.connections().size());
    again.shutdown();
    subchannels.resetBackoff();
    connect(open(1));
    assertEquals(3, channel.transport.connections().size());
    subchannels.shutdown();
    channel.time.run();
  }

  @Test
  void addressThatFailedIsTriedAtOnceWhenItIsResolvedAnew() {
    var one = open(1);
    connect(one);
    channel.fails();
    one.shutdown();
    connect(open(1));
    assertEquals(2, channel.transport.connections().size());
    subchannels.shutdown();
    channel.time.run();
  }

  @Test
  void resetBackoffMakesAConnectionThatWasReadyTooBrieflyAtOnce() {
    var one = open(1);
    connectAndLose(one);
    connectAndLose(one);
    connect(one);
    subchannels.resetBackoff();
    channel.time.run();
    assertEquals(ConnectivityState.IDLE, heard.getLast());
    connect(one);
    assertEquals(3, channel.transport.connections().size());
    subchannels.shutdown();
    channel.time.run();
  }

  @Test
  void timeOfTheAttemptCountsTowardsTheBackoff() {
    var one = open(1);
    connect(one);
    channel.pass(Duration.ofSeconds(5));
    channel.fails();
    assertEquals(ConnectivityState.IDLE, heard.getLast(), "the second was over already");
  }

  @Test
  void resetBackoffTriesAgainAtOnce() {
    var one = open(1);
    connect(one);
    channel.fails();
    subchannels.resetBackoff();
    channel.time.run();
    assertEquals(ConnectivityState.IDLE, heard.getLast());
    connect(one);
    channel.fails();
    channel.pass(Duration.ofMillis(1001));
    assertEquals(ConnectivityState.IDLE, heard.getLast());
  }

  @Test
  void lateSubchannelHearsOfTheFailureThatStands() {
    var one = open(1);
    connect(one);
    channel.fails();
    heard.clear();
    var late = open(1);
    connect(late);
    assertEquals(ConnectivityState.CONNECTING, heard.getFirst());
    assertInstanceOf(ConnectivityState.TransientFailure.class, heard.getLast());
    assertEquals(1, channel.transport.connections().size(), "the backoff is the address's");
    one.shutdown();
    late.shutdown();
    channel.time.run();
  }

  @Test
  void attemptMayTakeTwentySecondsAtLeast() {
    connect(open(1));
    assertEquals(Duration.ofSeconds(20), channel.transport.newest().options().connectTimeout());
  }

  @Test
  void attemptMayTakeAsLongAsALongerBackoff() {
    var one = open(1);
    for (int failures = 0; failures < 7; failures++) {
      connect(one);
      channel.fails();
      channel.pass(Duration.ofSeconds(20));
    }
    connect(one);
    var timeout = channel.transport.newest().options().connectTimeout();
    assertEquals(Math.pow(1.6, 7), timeout.toMillis() / 1e3, 0.01);
  }
}

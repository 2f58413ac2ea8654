package grpc.kernel.subchannel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.StatusCode;
import grpc.kernel.channel.TestChannel;
import grpc.spi.balancer.PickResult;
import grpc.testing.FakeConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that take each connection and end it at once, under a channel that calls all the time.
 */
class ReconnectStormTest {
  private final TestChannel channel = new TestChannel();
  private final Set<FakeConnection> left = new HashSet<>();

  @AfterEach
  void close() {
    channel.close();
    assertEquals(0, channel.time.pendingTimers(), "timers left behind");
  }

  private static String config(String policy) {
    return "{\"loadBalancingConfig\":[" + policy + "]}";
  }

  /** For this long, all servers greet and leave. */
  private void callFor(Duration time) {
    for (long millis = 0; millis < time.toMillis(); millis += 10) {
      for (int round = 0; round < 20; round++) {
        var _ = channel.pick();
        channel.time.run();
        for (var connection : channel.transport.connections()) {
          if (!connection.isClosed() && left.add(connection)) {
            connection.ready();
            channel.time.run();
            connection.goesAway("GOAWAY: maintenance");
            channel.time.run();
          }
        }
      }
      channel.pass(Duration.ofMillis(10));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pick_first\":{}}",
        "{\"pick_first\":{\"shuffleAddressList\":true}}",
        "{\"round_robin\":{}}"
      })
  void serversAreDialledOnceABackoff(String policy) {
    channel.connect();
    channel.resolvedWith(config(policy), 1, 2);
    callFor(Duration.ofSeconds(10));
    int dialled = channel.transport.connections().size();
    assertTrue(dialled <= 2 * 11, () -> dialled + " connections within ten seconds");
    assertTrue(dialled >= 2 * 2, () -> dialled + " connections within ten seconds");
    assertTrue(
        channel.resolver.resolutionsAsked() <= 5 * dialled,
        () -> channel.resolver.resolutionsAsked() + " resolutions asked for");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"pick_first\":{}}", "{\"round_robin\":{}}"})
  void callsFailWithTheReasonUntilTheNextAttempt(String policy) {
    channel.connect();
    channel.resolvedWith(config(policy), 1);
    for (int i = 0; i < 2; i++) { // the first is made anew at once
      channel.ready().goesAway("GOAWAY: maintenance");
      channel.time.run();
      var _ = channel.pick();
      channel.time.run();
    }
    assertInstanceOf(ConnectivityState.TransientFailure.class, channel.state());
    var fail = assertInstanceOf(PickResult.Fail.class, channel.pick());
    assertEquals(StatusCode.UNAVAILABLE, fail.status().code());
    assertTrue(fail.status().message().contains("maintenance"), fail::toString);
    channel.pass(TestChannel.BACKOFF.multipliedBy(2));
    assertEquals(channel.ready(), channel.picked());
  }

  @Test
  void connectionThatWasReadyForAWhileIsMadeAgainAtOnce() {
    channel.connect();
    channel.resolved(1);
    channel.ready();
    channel.pass(ConnectBackoff.SETTLED);
    channel.transport.newest().goesAway("GOAWAY");
    channel.time.run();
    var _ = channel.pick();
    channel.time.run();
    assertEquals(channel.ready(), channel.picked());
    assertEquals(2, channel.transport.connections().size());
  }
}

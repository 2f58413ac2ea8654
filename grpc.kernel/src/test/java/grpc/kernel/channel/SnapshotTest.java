package grpc.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.kernel.info.ChannelSnapshot;
import grpc.spi.resolver.ResolverState;
import grpc.testing.Endpoints;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final String GOOD = "{\"loadBalancingConfig\": [{\"round_robin\": {}}]}";
  private static final String BAD = "{\"loadBalancingConfig\": [{\"no_such_policy\": {}}]}";

  private TestChannel channel = new TestChannel();

  @AfterEach
  void close() {
    channel.close();
  }

  private ChannelSnapshot snapshot() {
    var snapshot = channel.core.snapshot();
    channel.time.run();
    return snapshot.join();
  }

  @Test
  void idleChannelKnowsNothing() {
    assertEquals(
        new ChannelData(
            "test:backends",
            ConnectivityState.IDLE,
            Optional.empty(),
            "{}",
            Optional.empty(),
            Optional.empty(),
            List.of()),
        snapshot());
  }

  @Test
  void connectionsStandInItWithTheirFailures() {
    channel.connect();
    channel.resolvedWith(GOOD, 1);
    channel.fails();
    var failed = snapshot();
    assertEquals(Optional.of(Status.OK), failed.resolution());
    assertEquals(GOOD, failed.serviceConfigJson());
    assertEquals(Optional.of("round_robin"), failed.policy());
    assertInstanceOf(ConnectivityState.TransientFailure.class, failed.state());
    var subchannel = failed.subchannels().getFirst();
    assertEquals(Endpoints.address(1), subchannel.address());
    assertInstanceOf(ConnectivityState.TransientFailure.class, subchannel.state());
    assertEquals("refused", subchannel.lastFailure().orElseThrow().message());

    channel.pass(TestChannel.BACKOFF);
    channel.ready();
    var ready = snapshot().subchannels().getFirst();
    assertEquals(ConnectivityState.READY, ready.state());
    assertEquals("refused", ready.lastFailure().orElseThrow().message());
  }

  @Test
  void refusedConfigStandsBesideTheOneInForce() {
    channel.connect();
    channel.resolvedWith(GOOD, 1);
    channel.resolvedWith(BAD, 1);
    var snapshot = snapshot();
    assertEquals(GOOD, snapshot.serviceConfigJson());
    assertEquals(Optional.of("round_robin"), snapshot.policy());
    var refused = snapshot.refusedConfig().orElseThrow();
    assertEquals(BAD, refused.json());
    assertTrue(refused.error().contains("no_such_policy"), refused::error);
  }

  @Test
  void refusedFirstConfigIsTheResolutionsFailure() {
    channel.connect();
    channel.resolvedWith(BAD, 1);
    var resolution = snapshot().resolution().orElseThrow();
    assertEquals(StatusCode.UNAVAILABLE, resolution.code());
    assertTrue(resolution.message().contains("no_such_policy"), resolution::message);
  }

  @Test
  void resolverFailureStandsInIt() {
    channel.connect();
    channel.resolver.publish(ResolverState.failed(Status.unavailable("no such host")));
    channel.time.run();
    assertEquals("no such host", snapshot().resolution().orElseThrow().message());
  }

  @Test
  void configOfTheResolverIsPassedOverWhereTheChannelSaysSo() {
    close();
    channel = TestChannel.withoutResolverConfig();
    channel.connect();
    channel.resolvedWith(BAD, 1);
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    var snapshot = snapshot();
    assertEquals("{}", snapshot.serviceConfigJson());
    assertEquals(Optional.empty(), snapshot.refusedConfig());
    assertEquals(Optional.of("pick_first"), snapshot.policy());
  }
}

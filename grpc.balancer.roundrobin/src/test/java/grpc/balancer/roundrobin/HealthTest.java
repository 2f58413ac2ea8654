package grpc.balancer.roundrobin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What A17 has round_robin do with servers that say how they are; two endpoints, both connected.
 */
class HealthTest {
  private static final Status SICK = Status.unavailable("the server says NOT_SERVING");
  private static final ConnectivityState UNHEALTHY = new ConnectivityState.TransientFailure(SICK);

  private final FakeChannel channel = new FakeChannel(new PickFirstProvider());
  private final Balancer<NoConfig> balancer = RoundRobinProvider.create(channel, new Random(1));

  @BeforeEach
  void connect() {
    balancer.accept(Endpoints.of(1, 2), NoConfig.NONE);
    channel.scheduler().run();
    channel.to(1).becomes(ConnectivityState.READY);
    channel.to(2).becomes(ConnectivityState.READY);
  }

  @AfterEach
  void close() {
    balancer.close();
  }

  private Set<Integer> picked() {
    return IntStream.range(0, 6).map(i -> channel.pickedPort()).boxed().collect(Collectors.toSet());
  }

  @Test
  void unhealthyEndpointLeavesTheRotationAndComesBack() {
    assertEquals(Set.of(1, 2), picked());
    channel.to(1).healthBecomes(UNHEALTHY);
    assertEquals(Set.of(2), picked());
    assertEquals(ConnectivityState.READY, channel.state());
    channel.to(1).healthBecomes(ConnectivityState.READY);
    assertEquals(Set.of(1, 2), picked());
  }

  /** A server that is unwell is asked again on the connection that it has. */
  @Test
  void unhealthyEndpointKeepsItsConnection() {
    channel.to(1).healthBecomes(UNHEALTHY);
    assertFalse(channel.to(1).isShutDown());
    assertEquals(1, channel.to(1).attempts());
    assertEquals(2, channel.subConns().size());
  }

  @Test
  void callsFailWithTheReasonOnceNoEndpointIsHealthy() {
    channel.to(1).healthBecomes(UNHEALTHY);
    channel.to(2).healthBecomes(UNHEALTHY);
    assertEquals(UNHEALTHY, channel.state());
    assertEquals(PickResult.fail(SICK), channel.pick());
    channel.to(2).healthBecomes(ConnectivityState.READY);
    assertEquals(Set.of(2), picked());
  }

  @Test
  void callsWaitWhileNoServerHasAnswered() {
    channel.to(1).healthBecomes(ConnectivityState.CONNECTING);
    assertEquals(Set.of(2), picked());
    channel.to(2).healthBecomes(ConnectivityState.CONNECTING);
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    assertSame(PickResult.QUEUE, channel.pick());
    channel.to(1).healthBecomes(UNHEALTHY);
    assertSame(PickResult.QUEUE, channel.pick(), "the other may yet be healthy");
  }

  /** The next connection may be to another server; nobody knows of its health before it says. */
  @Test
  void healthEndsWithItsConnection() {
    channel.to(1).healthBecomes(UNHEALTHY);
    channel.to(1).becomes(ConnectivityState.IDLE);
    channel.to(2).becomes(ConnectivityState.IDLE);
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    assertSame(PickResult.QUEUE, channel.pick());
    channel.to(1).queueHealth(ConnectivityState.CONNECTING);
    channel.to(1).becomes(ConnectivityState.READY);
    assertSame(PickResult.QUEUE, channel.pick());
    channel.to(1).healthBecomes(ConnectivityState.READY);
    assertEquals(Set.of(1), picked());
  }

  @Test
  void burstOfHealthChangesIsOneUpdate() {
    int before = channel.updateCount();
    channel.to(1).queueHealth(UNHEALTHY);
    channel.to(2).queueHealth(UNHEALTHY);
    channel.to(2).queueHealth(ConnectivityState.READY);
    channel.scheduler().run();
    assertEquals(before + 1, channel.updateCount());
    assertEquals(Set.of(2), picked());
  }
}

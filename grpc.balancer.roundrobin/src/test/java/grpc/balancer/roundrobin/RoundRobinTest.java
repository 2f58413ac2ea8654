package grpc.balancer.roundrobin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickResult;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import grpc.testing.FakeSubConn;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
  private final FakeChannel channel = new FakeChannel(new PickFirstProvider());
  private final Balancer<NoConfig> balancer = RoundRobinProvider.create(channel, new Random(1));

  private void accept(int... ports) {
    assertTrue(balancer.accept(Endpoints.of(ports), NoConfig.NONE).isOk());
    channel.scheduler().run();
  }

  private void ready(int... ports) {
    for (int port : ports) {
      channel.to(port).queue(ConnectivityState.READY);
    }
    channel.scheduler().run();
  }

  private List<Integer> picks(int count) {
    return IntStream.range(0, count).map(i -> channel.pickedPort()).boxed().toList();
  }

  @Test
  void eachReadyEndpointGetsTheSameShareExactly() {
    accept(1, 2, 3);
    ready(1, 2, 3);
    var picks = picks(3000);
    for (int port = 1; port <= 3; port++) {
      int one = port;
      assertEquals(1000, picks.stream().filter(p -> p == one).count());
    }
    assertEquals(picks.subList(0, 3), picks.subList(3, 6));
  }

  @Test
  void startIsRandom() {
    var firsts = new int[5];
    accept(0, 1, 2, 3, 4);
    ready(0, 1, 2, 3, 4);
    for (int i = 0; i < 5000; i++) {
      accept(0, 1, 2, 3, 4);
      firsts[channel.pickedPort()]++;
    }
    for (int count : firsts) {
      assertEquals(1000, count, 113, "four standard deviations");
    }
  }

  @Test
  void onlyReadyEndpointsArePicked() {
    accept(1, 2, 3);
    assertSame(PickResult.QUEUE, channel.pick());
    ready(2);
    assertEquals(List.of(2, 2), picks(2));
    channel.to(1).fails("refused");
    assertEquals(ConnectivityState.READY, channel.state());
    ready(3);
    assertEquals(new HashSet<>(List.of(2, 3)), new HashSet<>(picks(10)));
  }

  @Test
  void burstOfChangesIsOneUpdate() {
    accept(1, 2, 3);
    assertEquals(1, channel.updateCount());
    ready(1, 2, 3);
    assertEquals(2, channel.updateCount());
    List.of(1, 2, 3).forEach(port -> channel.to(port).queue(ConnectivityState.IDLE));
    channel.scheduler().run();
    assertEquals(3, channel.updateCount());
    assertEquals(ConnectivityState.CONNECTING, channel.state());
  }

  @Test
  void lostEndpointsReconnectByThemselves() {
    accept(1, 2);
    ready(1, 2);
    channel.to(1).becomes(ConnectivityState.IDLE);
    assertEquals(ConnectivityState.CONNECTING, channel.to(1).state());
    assertEquals(List.of(2, 2), picks(2));
    ready(1);
    assertNotEquals(channel.pickedPort(), channel.pickedPort());
  }

  @Test
  void failsOnlyOnceAllHaveFailedAndUntilOneIsReady() {
    accept(1, 2);
    channel.to(1).fails("refused");
    assertEquals(ConnectivityState.CONNECTING, channel.state());
    assertSame(PickResult.QUEUE, channel.pick());
    channel.to(2).fails("refused");
    assertInstanceOf(ConnectivityState.TransientFailure.class, channel.state());
    assertInstanceOf(PickResult.Fail.class, channel.pick());
    channel.to(1).becomes(ConnectivityState.IDLE);
    assertInstanceOf(ConnectivityState.TransientFailure.class, channel.state());
    assertInstanceOf(PickResult.Fail.class, channel.pick());
    ready(1);
    assertEquals(1, channel.pickedPort());
  }

  @Test
  void addedAndRemovedEndpointsLeaveTheOthersAlone() {
    accept(1, 2);
    ready(1, 2);
    var second = channel.to(2);
    accept(2, 3);
    assertTrue(channel.to(1).isShutDown());
    assertSame(second, channel.to(2));
    assertEquals(List.of(2, 2), picks(2));
    ready(3);
    assertEquals(new HashSet<>(List.of(2, 3)), new HashSet<>(picks(2)));
  }

  @Test
  void endpointsThatAreGivenTwiceHaveOneShare() {
    accept(1, 1, 2);
    ready(1, 2);
    assertNotEquals(channel.pickedPort(), channel.pickedPort());
    assertEquals(2, channel.subConns().size());
  }

  /** What it costs is counted in work, not in time: one subchannel an endpoint and two updates. */
  @Test
  void tenThousandEndpointsBecomeOnePicker() {
    int count = 10_000;
    accept(IntStream.range(0, count).toArray());
    channel.live().forEach(s -> s.queue(ConnectivityState.READY));
    channel.scheduler().run();
    assertEquals(count, channel.subConns().size());
    assertEquals(2, channel.updateCount());
    assertEquals(count, new HashSet<>(picks(count)).size());
    assertTrue(channel.subConns().stream().map(FakeSubConn::attempts).allMatch(a -> a == 1));
  }

  @Test
  void missingPickFirstIsNamed() {
    var alone = new FakeChannel();
    try (var lonely = RoundRobinProvider.create(alone, new Random(1))) {
      var status = lonely.accept(Endpoints.of(1), NoConfig.NONE);
      assertTrue(status.message().contains("add module grpc.balancer.pickfirst"), status::message);
    }
  }
}

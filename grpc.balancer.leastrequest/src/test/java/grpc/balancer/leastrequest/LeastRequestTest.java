package grpc.balancer.leastrequest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.spi.balancer.DoneInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.config.JsonObject;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastRequestTest {
  private static final DoneInfo DONE = DoneInfo.of(Status.OK).withBytesReceived(true);

  private final FakeChannel channel = new FakeChannel(new PickFirstProvider());
  private final Random random = new Random(1);
  private final LeastRequest balancer = new LeastRequest(channel, random::nextInt);
  private final List<List<PickResult.Complete>> running = new ArrayList<>();

  private void start(int choiceCount, int endpoints) {
    var ports = new int[endpoints];
    for (int i = 0; i < endpoints; i++) {
      ports[i] = i;
      running.add(new ArrayList<>());
    }
    assertTrue(balancer.accept(Endpoints.of(ports), new LeastRequestConfig(choiceCount)).isOk());
    channel.scheduler().run();
    for (int port : ports) {
      channel.to(port).becomes(ConnectivityState.READY);
    }
  }

  private int call() {
    var complete = assertInstanceOf(PickResult.Complete.class, channel.pick());
    int port = Endpoints.port(complete.subConn().address());
    running.get(port).add(complete);
    return port;
  }

  private void end(int port) {
    running.get(port).removeLast().onDone().accept(DONE);
  }

  @Test
  void idleEndpointsShareCallsEvenly() {
    start(2, 5);
    var calls = new int[5];
    for (int i = 0; i < 10_000; i++) {
      int port = call();
      calls[port]++;
      end(port);
    }
    for (int count : calls) {
      assertEquals(2000, count, 120, "three standard deviations");
    }
  }

  @Test
  void hangingEndpointGetsACallOnlyWhenItIsDrawnTwice() {
    start(2, 5);
    for (int i = 0; i < 10_000; i++) {
      int port = call();
      if (port != 0) {
        end(port); // the first never answers
      }
    }
    assertEquals(10_000 / 25, running.getFirst().size(), 60, "three standard deviations");
  }

  @Test
  void longCallsAreSpreadWithinOneOrTwoOfEachOther() {
    start(10, 5);
    for (int i = 0; i < 1000; i++) {
      call();
    }
    for (var calls : running) {
      assertEquals(200, calls.size(), 2);
    }
  }

  @Test
  void countsOutliveThePicker() {
    start(10, 2);
    for (int i = 0; i < 100; i++) {
      call();
    }
    while (!running.getFirst().isEmpty()) {
      end(0);
    }
    assertTrue(balancer.accept(Endpoints.of(1, 0), new LeastRequestConfig(10)).isOk());
    channel.scheduler().run();
    int[] calls = new int[2];
    for (int i = 0; i < 40; i++) {
      calls[call()]++;
    }
    assertTrue(calls[0] >= 38, () -> calls[0] + " of 40 calls went to the endpoint with none");
  }

  @Test
  void countsOutliveALostConnection() {
    start(10, 3);
    for (int i = 0; i < 300; i++) {
      call();
    }
    channel.to(0).becomes(ConnectivityState.IDLE);
    channel.to(0).becomes(ConnectivityState.READY);
    var calls = new int[3];
    for (int i = 0; i < 90; i++) {
      calls[call()]++;
    }
    assertEquals(30, calls[0], 3, "calls of before still run");
  }

  @Test
  void choiceCountIsChecked() {
    assertEquals(2, choiceCount(Map.of()));
    assertEquals(3, choiceCount(Map.of("choiceCount", 3.0)));
    assertEquals(10, choiceCount(Map.of("choiceCount", 1e6)));
    assertEquals(2, choiceCount(Map.of("choiceCount", "2")));
    for (String bad : new String[] {"1", "-2", "2.5", "0"}) {
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () -> choiceCount(Map.of("choiceCount", new BigDecimal(bad))));
      assertEquals(
          "choiceCount: %s (expected: a whole number, 2 or more)".formatted(bad), e.getMessage());
    }
  }

  private static int choiceCount(Map<String, ?> json) {
    return new LeastRequestProvider()
        .parseConfig(JsonObject.of(json), name -> Optional.empty())
        .choiceCount();
  }
}

package integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many servers that die and return at random, under many callers that wait for ready. */
class ChurnTest {
  private static final int SERVERS = 20;
  private static final int LEAST_ALIVE = 5;
  private static final int CALLERS = 100;
  private static final int CALLS_BETWEEN_EVENTS = 5_000;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** How much later than its deadline a caller may get to run again on a busy machine. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final Duration PATIENCE = DEADLINE.plus(SLACK);

  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final Semaphore calls = new Semaphore(0);
  private final AtomicLong ok = new AtomicLong();
  private final AtomicLong died = new AtomicLong();
  private volatile boolean stopped;

  private void callOn(GrpcChannel channel, RestartableServers servers) {
    var options = CallOptions.timeout(DEADLINE).withWaitForReady(true);
    while (!stopped) {
      long start = System.nanoTime();
      try {
        channel.unary(Echo.UNARY, "x".getBytes(UTF_8), options);
        ok.incrementAndGet();
      } catch (StatusException e) {
        died.incrementAndGet();
        if (e.code() != StatusCode.UNAVAILABLE
            || !servers.tellsOfADeath(e.status().message(), start)) {
          faults.add(e.status().toString());
        }
      }
      var took = Duration.ofNanos(System.nanoTime() - start);
      if (took.compareTo(DEADLINE.plus(SLACK)) > 0) {
        faults.add("a call ended after " + took + " (expected: by its deadline, " + DEADLINE + ")");
      }
      calls.release();
    }
  }

  @Test
  @Timeout(200)
  void serversThatDieTakeNoOtherCallsWithThem() throws Exception {
    var random = new Random(1);
    var shares = new PickDistribution(0.1);
    var runtime = GrpcRuntime.builder().layer(ModuleLayer.boot()).add(shares.provider()).build();
    try (var servers = new RestartableServers(SERVERS);
        var channel =
            GrpcChannel.builder(servers.target(), ChannelCredentials.plaintext())
                .runtime(runtime)
                .balancingPolicy(PickDistribution.POLICY)
                .open()) {
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Thread.startVirtualThread(() -> callOn(channel, servers)));
      }
      long end = System.nanoTime() + LONG.toNanos();
      while (System.nanoTime() - end < 0 && faults.isEmpty()) {
        if (!calls.tryAcquire(CALLS_BETWEEN_EVENTS, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          faults.add("fewer than %d calls within %s".formatted(CALLS_BETWEEN_EVENTS, PATIENCE));
        }
        servers.dieOrReturn(random.nextInt(SERVERS), LEAST_ALIVE);
      }
      stopped = true;
      for (var caller : callers) {
        if (!caller.join(PATIENCE)) {
          faults.add("a call did not end by its deadline");
        }
      }
      assertTrue(servers.deaths() > 0, "no server died");
      assertTrue(servers.returns() > 0, "no server returned");
    }
    shares.judge();
    assertEquals(List.of(), List.copyOf(faults));
    assertEquals(List.of(), shares.faults());
    assertTrue(shares.spans() > 0, "no set of servers was ready for 1,000 picks");
    System.out.printf(
        "%d calls, %d with a server that died, %d spans%n", ok.get(), died.get(), shares.spans());
  }
}

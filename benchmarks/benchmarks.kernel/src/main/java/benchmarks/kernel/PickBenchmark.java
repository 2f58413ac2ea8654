package benchmarks.kernel;

import grpc.api.ConnectivityState;
import grpc.balancer.leastrequest.LeastRequestProvider;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.balancer.roundrobin.RoundRobinProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pick, with this many endpoints ready. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PickBenchmark {
  /** The policy. */
  @Param({"pick_first", "round_robin", "least_request_experimental"})
  public String policy;

  /** How many endpoints are ready. */
  @Param({"100"})
  public int endpoints;

  private final PickInfo call = FakeChannel.call();
  private Picker picker;

  /** Connects all endpoints. */
  @Setup
  public void connect() {
    var channel =
        new FakeChannel(
            new PickFirstProvider(), new RoundRobinProvider(), new LeastRequestProvider());
    var balancer = channel.policy(policy).orElseThrow().<NoConfig>create(channel);
    var status =
        balancer.accept(Endpoints.of(IntStream.range(0, endpoints).toArray()), NoConfig.NONE);
    if (!status.isOk()) {
      throw new IllegalStateException(status.toString());
    }
    channel.scheduler().run();
    channel.live().stream()
        .filter(s -> s.state() instanceof ConnectivityState.Connecting)
        .forEach(s -> s.queue(ConnectivityState.READY));
    channel.scheduler().run();
    picker = channel.picker();
  }

  /** {@return the answer} */
  @Benchmark
  public PickResult pick() {
    return picker.pick(call);
  }
}

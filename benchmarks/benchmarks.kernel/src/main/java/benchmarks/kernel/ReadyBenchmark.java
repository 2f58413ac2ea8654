package benchmarks.kernel;

import grpc.api.ConnectivityState;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.balancer.roundrobin.RoundRobinProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.Picker;
import grpc.spi.resolver.ResolverState.Resolved;
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

/**
 * How long round_robin takes from a resolution with this many endpoints to its READY picker, where
 * every connection comes up at once: its own work and that of the fake channel. Each figure is of a
 * JVM that has done it for the first time, as a client that starts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ReadyBenchmark {
  /** How many endpoints are resolved. */
  @Param({"10000"})
  public int endpoints;

  private Resolved resolved;

  /** Makes the resolution. */
  @Setup
  public void resolve() {
    resolved = Endpoints.of(IntStream.range(0, endpoints).toArray());
  }

  /** {@return the picker of all endpoints} */
  @Benchmark
  public Picker becomeReady() {
    var channel = new FakeChannel(new PickFirstProvider());
    var balancer = new RoundRobinProvider().create(channel);
    var status = balancer.accept(resolved, NoConfig.NONE);
    channel.scheduler().run();
    channel.live().forEach(s -> s.queue(ConnectivityState.READY));
    channel.scheduler().run();
    if (!status.isOk() || !channel.state().equals(ConnectivityState.READY)) {
      throw new IllegalStateException(status + ", " + channel.state());
    }
    return channel.picker();
  }
}

package benchmarks.kernel;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.api.ClientInterceptor;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.UnaryResponse;
import grpc.balancer.pickfirst.PickFirstProvider;
import grpc.codec.raw.RawCodec;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A unary call that is answered at once: what the channel itself costs, with this and that. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallBenchmark {
  private static final MethodDescriptor<byte[], byte[]> ECHO =
      MethodDescriptor.of("test.Echo/Unary", MethodType.UNARY, byte[].class, byte[].class, "raw");

  private static final String RETRIES =
      """
      {"methodConfig": [{"name": [{}], "retryPolicy": {"maxAttempts": 3,
        "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE"]}}]}\
      """;

  /** Changes nothing. */
  private record Empty() implements ClientInterceptor.Unary {
    @Override
    public <Q, R> UnaryResponse<R> intercept(
        MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
      return next.unary(method, request, options);
    }
  }

  /** What the channel has. */
  @Param({"nothing", "an empty interceptor", "a retry policy that is not used"})
  public String channelWith;

  private final byte[] request = new byte[10];
  private GrpcChannel channel;

  /** Connects. */
  @Setup
  public void open() {
    var runtime =
        GrpcRuntime.builder()
            .add(new InstantTransport())
            .add(new PickFirstProvider())
            .add(new RawCodec())
            .build();
    var builder =
        GrpcChannel.builder(
                InetSocketAddress.createUnresolved("instant", 1), ChannelCredentials.plaintext())
            .runtime(runtime);
    channel =
        switch (channelWith) {
          case "an empty interceptor" ->
              builder.intercept(ClientInterceptor.unaryOnly(new Empty())).open();
          case "a retry policy that is not used" -> builder.defaultServiceConfig(RETRIES).open();
          default -> builder.open();
        };
    call();
  }

  /** Closes. */
  @TearDown
  public void close() {
    channel.close();
  }

  /** {@return the response} */
  @Benchmark
  public UnaryResponse<byte[]> call() {
    return channel.unary(ECHO, request, CallOptions.DEFAULT);
  }
}

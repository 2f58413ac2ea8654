package benchmarks;

import benchmarks.proto.Msg;
import benchmarks.proto.StreamReq;
import com.google.protobuf.ByteString;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import java.util.concurrent.ThreadFactory;
import launcher.Flags;
import launcher.Launch;

/** Calls {@code bench.Bench} over one connection, many calls at once. */
public final class BenchClient {
  private BenchClient() {}

  /** {@return the flags that this client and its rivals take} */
  public static Flags flags(String command) {
    return Flags.of(command, "measures calls of bench.Bench over one connection")
        .option("target", "HOST:PORT", "localhost:50052", "server to call")
        .option("mode", "unary|bidi|stream", "unary", "what an operation is")
        .option("concurrency", "C", "1", "how many calls at once")
        .option("size", "S", "10", "bytes of a message's payload")
        .option("count", "N", "1000", "messages of a server stream")
        .option("warmup", "SECONDS", "5", "time before the measurement")
        .option("duration", "SECONDS", "10", "time of the measurement")
        .option("threads", "virtual|platform", "virtual", "what the callers run on");
  }

  /** {@return the threads that the flags ask for} */
  public static ThreadFactory threads(Flags flags) {
    return switch (flags.text("threads")) {
      case "virtual" -> Thread.ofVirtual().factory();
      case "platform" -> Thread.ofPlatform().daemon().factory();
      default ->
          throw flags.usage(
              "--threads " + flags.text("threads") + " (expected: virtual or platform)");
    };
  }

  /** Runs {@code bench-client}. */
  public static void main(String[] args) {
    Launch.run(flags("bench-client"), args, BenchClient::call);
  }

  private static int call(Flags flags) throws InterruptedException {
    try (var channel =
        GrpcChannel.open(
            "passthrough:///" + flags.text("target"), ChannelCredentials.plaintext())) {
      return Load.run(
          flags.number("concurrency", 1),
          threads(flags),
          flags.seconds("warmup"),
          flags.seconds("duration"),
          worker(flags, new benchmarks.proto.BenchClient(channel)));
    }
  }

  private static Load.Worker worker(Flags flags, benchmarks.proto.BenchClient bench) {
    int size = flags.number("size", 0);
    var message = Msg.newBuilder().setPayload(ByteString.copyFrom(new byte[size])).build();
    return switch (flags.text("mode")) {
      case "unary" ->
          () ->
              () -> {
                bench.unary(message);
                return 1;
              };
      case "bidi" ->
          () -> {
            var call = bench.bidi();
            return () -> {
              call.send(message);
              return call.receive().isPresent() ? 1 : 0;
            };
          };
      case "stream" -> {
        int count = flags.number("count", 1);
        var request = StreamReq.newBuilder().setCount(count).setSize(size).build();
        yield () -> () -> read(bench, request);
      }
      default ->
          throw flags.usage("--mode " + flags.text("mode") + " (expected: unary, bidi or stream)");
    };
  }

  private static int read(benchmarks.proto.BenchClient bench, StreamReq request) {
    int count = 0;
    try (var responses = bench.serverStream(request)) {
      while (responses.receive().isPresent()) {
        count++;
      }
    }
    return count;
  }
}

package benchmarks.rivals;

import benchmarks.BenchClient;
import benchmarks.Load;
import benchmarks.proto.Msg;
import benchmarks.proto.StreamReq;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import launcher.Flags;
import launcher.Launch;

/** grpc-java's blocking stubs under the benchmarks' load. */
public final class RivalClient {
  private RivalClient() {}

  /** Runs it. */
  public static void main(String[] args) {
    Launch.run(BenchClient.flags("rival-client"), args, RivalClient::call);
  }

  private static int call(Flags flags) throws InterruptedException {
    var channel = NettyChannelBuilder.forTarget(flags.text("target")).usePlaintext().build();
    Load.run(
        flags.number("concurrency", 1),
        BenchClient.threads(flags),
        flags.seconds("warmup"),
        flags.seconds("duration"),
        worker(flags, channel));
    channel.shutdownNow();
    return 0;
  }

  private static Load.Worker worker(Flags flags, Channel channel) {
    int size = flags.number("size", 0);
    var message = Msg.newBuilder().setPayload(ByteString.copyFrom(new byte[size])).build();
    return switch (flags.text("mode")) {
      case "unary" ->
          () ->
              () -> {
                ClientCalls.blockingUnaryCall(
                    channel, RivalMethods.UNARY, CallOptions.DEFAULT, message);
                return 1;
              };
      case "bidi" ->
          () -> {
            var call =
                ClientCalls.blockingBidiStreamingCall(
                    channel, RivalMethods.BIDI, CallOptions.DEFAULT);
            return () -> {
              call.write(message);
              call.read();
              return 1;
            };
          };
      case "stream" -> {
        int count = flags.number("count", 1);
        var request = StreamReq.newBuilder().setCount(count).setSize(size).build();
        yield () -> () -> read(channel, request);
      }
      default ->
          throw flags.usage("--mode " + flags.text("mode") + " (expected: unary, bidi or stream)");
    };
  }

  private static int read(Channel channel, StreamReq request) {
    int count = 0;
    var responses =
        ClientCalls.blockingServerStreamingCall(
            channel, RivalMethods.SERVER_STREAM, CallOptions.DEFAULT, request);
    while (responses.hasNext()) {
      responses.next();
      count++;
    }
    return count;
  }
}

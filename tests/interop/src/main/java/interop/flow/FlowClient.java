package interop.flow;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import interop.proto.ResponseParameters;
import launcher.Flags;
import launcher.Launch;

/** Reads or sends a long stream, of which the reader is slow at first. */
public final class FlowClient {
  private FlowClient() {}

  /** Runs it. */
  public static void main(String[] args) {
    var flags =
        Flags.of("flow-client", "streams more than memory holds; exit 0: all of it came")
            .required("port", "N", "TCP port to call")
            .option("direction", "down|up", "down", "who sends: the server or this client")
            .option("messages", "N", "16384", "messages of 64 KiB")
            .option("slow", "N", "20", "messages that the reader takes a second for");
    Launch.run(flags, args, FlowClient::stream);
  }

  private static int stream(Flags flags) throws InterruptedException {
    int messages = flags.number("messages", 1);
    int slow = flags.number("slow", 0);
    try (var channel =
        GrpcChannel.open(
            "ipv4:127.0.0.1:" + flags.port("port", 1), ChannelCredentials.plaintext())) {
      int came =
          flags.text("direction").equals("up")
              ? up(channel, messages, slow)
              : down(channel, messages, slow);
      System.out.printf("%d messages came (expected: %d)%n", came, messages);
      return came == messages ? 0 : 1;
    }
  }

  private static int down(GrpcChannel channel, int messages, int slow) throws InterruptedException {
    var wanted = ResponseParameters.newBuilder().setSize(messages).build();
    try (var call = channel.serverStreaming(Flow.DOWN, wanted, CallOptions.DEFAULT)) {
      return Flow.read(slow, call::receive);
    }
  }

  private static int up(GrpcChannel channel, int messages, int slow) {
    var options = CallOptions.DEFAULT.withMetadata(FlowServer.SLOW, Integer.toString(slow));
    try (var call = channel.clientStreaming(Flow.UP, options)) {
      for (int i = 0; i < messages; i++) {
        call.send(Flow.message(i));
      }
      return call.finish().getAggregatedPayloadSize();
    }
  }
}

package benchmarks;

import benchmarks.proto.Msg;
import benchmarks.proto.StreamReq;
import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;

/** What the image's ahead-of-time cache is trained on. */
public final class Training {
  private static final int CALLS = 500;

  private Training() {}

  /** Runs it. */
  public static void main(String[] args) {
    try (var server =
            GrpcServer.builder()
                .listen(0, ServerCredentials.plaintext())
                .service(new BenchServer())
                .start();
        var channel =
            GrpcChannel.open(
                "passthrough:///localhost:" + server.port(), ChannelCredentials.plaintext())) {
      var bench = new benchmarks.proto.BenchClient(channel);
      for (int i = 0; i < CALLS; i++) {
        bench.unary(Msg.getDefaultInstance());
      }
      try (var stream = bench.serverStream(StreamReq.newBuilder().setCount(CALLS).build())) {
        stream.forEach(message -> {});
      }
      try (var call = bench.bidi()) {
        for (int i = 0; i < CALLS; i++) {
          call.send(Msg.getDefaultInstance());
          call.receive();
        }
      }
    }
  }
}

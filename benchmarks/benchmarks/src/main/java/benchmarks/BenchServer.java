package benchmarks;

import benchmarks.proto.BenchService;
import benchmarks.proto.Msg;
import benchmarks.proto.StreamReq;
import com.google.protobuf.ByteString;
import grpc.api.Requests;
import grpc.api.Responses;
import grpc.api.ServerCredentials;
import grpc.kernel.GrpcServer;
import launcher.Flags;
import launcher.Launch;
import launcher.Serving;

/** Serves {@code bench.Bench}. */
public final class BenchServer implements BenchService {
  /** Runs {@code bench-server}. */
  public static void main(String[] args) {
    var flags =
        Flags.of("bench-server", "serves bench.Bench")
            .option("port", "N", "50052", "TCP port to listen on; 0 for any free one")
            .flag("inline", "run unary handlers on the connections' readers themselves")
            .option("grace", "SECONDS", "10", "how long running calls may take after SIGTERM");
    Launch.run(flags, args, BenchServer::serve);
  }

  private static int serve(Flags flags) throws InterruptedException {
    var service = new BenchServer().definition();
    try (var server =
        GrpcServer.builder()
            .listen(flags.port("port", 0), ServerCredentials.plaintext())
            .service(flags.on("inline") ? service.inline() : service)
            .start()) {
      Serving.untilTerminated("bench-server", server, flags.seconds("grace"));
    }
    return 0;
  }

  @Override
  public Msg unary(Msg request) {
    return request;
  }

  @Override
  public void serverStream(StreamReq request, Responses<Msg> responses) {
    var message =
        Msg.newBuilder().setPayload(ByteString.copyFrom(new byte[request.getSize()])).build();
    for (int i = 0; i < request.getCount(); i++) {
      responses.send(message);
    }
  }

  @Override
  public void bidi(Requests<Msg> requests, Responses<Msg> responses) {
    for (var request : requests) {
      responses.send(request);
    }
  }
}

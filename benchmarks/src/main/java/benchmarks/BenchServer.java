package benchmarks;

import benchmarks.proto.BenchService;
import benchmarks.proto.Msg;
import benchmarks.proto.StreamReq;
import com.google.protobuf.ByteString;
import grpc.api.Requests;
import grpc.api.Responses;
import grpc.kernel.GrpcServer;
import launcher.Flags;
import launcher.Serving;

/** Serves {@code bench.Bench}. */
public final class BenchServer implements BenchService {
  /** Runs {@code bench-server}. */
  public static void main(String[] args) throws InterruptedException {
    var flags =
        Flags.of("bench-server", "serves bench.Bench")
            .option("port", "N", "50052", "TCP port to listen on; 0 for any free one")
            .flag("inline", "run unary handlers on the connections' readers themselves")
            .option("grace", "SECONDS", "10", "how long running calls may take after SIGTERM")
            .parse(args);
    var service = new BenchServer().definition();
    try (var server =
        GrpcServer.builder()
            .listen(flags.number("port", 0))
            .service(flags.on("inline") ? service.inline() : service)
            .start()) {
      System.out.println("bench-server listens on port " + server.port());
      Serving.untilTerminated(server, flags.seconds("grace"));
    }
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

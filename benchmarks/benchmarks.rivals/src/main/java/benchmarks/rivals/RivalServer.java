package benchmarks.rivals;

import benchmarks.proto.Msg;
import benchmarks.proto.StreamReq;
import com.google.protobuf.ByteString;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executors;
import launcher.Flags;
import launcher.Launch;

/** grpc-java's Netty server with the benchmarks' service. */
public final class RivalServer {
  private RivalServer() {}

  /** Runs it. */
  public static void main(String[] args) {
    var flags =
        Flags.of("rival-server", "serves bench.Bench with grpc-java")
            .option("port", "N", "50053", "TCP port to listen on")
            .option("executor", "default|direct|virtual", "default", "what runs the handlers");
    Launch.run(flags, args, RivalServer::serve);
  }

  private static int serve(Flags flags) throws Exception {
    var builder = NettyServerBuilder.forPort(flags.number("port", 0)).addService(service());
    switch (flags.text("executor")) {
      case "default" -> {}
      case "direct" -> builder.directExecutor();
      case "virtual" -> builder.executor(Executors.newVirtualThreadPerTaskExecutor());
      default -> throw flags.usage("--executor is default, direct or virtual");
    }
    var server = builder.build().start();
    System.out.println("rival-server listens on port " + server.getPort());
    server.awaitTermination();
    return 0;
  }

  private static ServerServiceDefinition service() {
    return ServerServiceDefinition.builder(RivalMethods.SERVICE)
        .addMethod(RivalMethods.UNARY, ServerCalls.asyncUnaryCall(RivalServer::unary))
        .addMethod(
            RivalMethods.SERVER_STREAM,
            ServerCalls.asyncServerStreamingCall(RivalServer::serverStream))
        .addMethod(RivalMethods.BIDI, ServerCalls.asyncBidiStreamingCall(RivalServer::bidi))
        .build();
  }

  private static void unary(Msg request, StreamObserver<Msg> responses) {
    responses.onNext(request);
    responses.onCompleted();
  }

  private static void serverStream(StreamReq request, StreamObserver<Msg> responses) {
    var message =
        Msg.newBuilder().setPayload(ByteString.copyFrom(new byte[request.getSize()])).build();
    for (int i = 0; i < request.getCount(); i++) {
      responses.onNext(message);
    }
    responses.onCompleted();
  }

  private static StreamObserver<Msg> bidi(StreamObserver<Msg> responses) {
    return new StreamObserver<>() {
      @Override
      public void onNext(Msg message) {
        responses.onNext(message);
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }
}

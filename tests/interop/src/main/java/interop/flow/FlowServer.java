package interop.flow;

import grpc.api.CallContext;
import grpc.api.MetadataKey;
import grpc.api.Requests;
import grpc.api.Responses;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.kernel.GrpcServer;
import interop.proto.Payload;
import interop.proto.ResponseParameters;
import interop.proto.StreamingInputCallResponse;
import java.time.Duration;
import launcher.Flags;
import launcher.Launch;
import launcher.Serving;

/** Serves long streams both ways. */
public final class FlowServer {
  /** How many messages the server reads slowly. */
  static final MetadataKey<String> SLOW = MetadataKey.text("x-slow-messages");

  private FlowServer() {}

  /** Runs it. */
  public static void main(String[] args) {
    var flags =
        Flags.of("flow-server", "serves streams that are larger than memory")
            .option("port", "N", "0", "TCP port to listen on; 0 for any free one");
    Launch.run(flags, args, FlowServer::serve);
  }

  private static int serve(Flags flags) throws InterruptedException {
    var service =
        ServiceDefinition.builder("interop.Flow")
            .serverStreaming(Flow.DOWN, FlowServer::down)
            .clientStreaming(Flow.UP, FlowServer::up)
            .build();
    try (var server =
        GrpcServer.builder()
            .listen(flags.port("port", 0), ServerCredentials.plaintext())
            .service(service)
            .start()) {
      Serving.untilTerminated("flow-server", server, Duration.ofSeconds(5));
    }
    return 0;
  }

  private static void down(ResponseParameters wanted, Responses<Payload> responses) {
    for (int i = 0; i < wanted.getSize(); i++) {
      responses.send(Flow.message(i));
    }
  }

  private static StreamingInputCallResponse up(Requests<Payload> requests)
      throws InterruptedException {
    int slow = Integer.parseInt(CallContext.CURRENT.get().metadata().find(SLOW).orElse("0"));
    int count = Flow.read(slow, requests::receive);
    return StreamingInputCallResponse.newBuilder().setAggregatedPayloadSize(count).build();
  }
}

package examples.guide;

import examples.guide.proto.GreeterClient;
import examples.guide.proto.GreeterMethods;
import examples.guide.proto.GreeterService;
import examples.guide.proto.HelloReply;
import examples.guide.proto.HelloRequest;
import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Deadline;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.UnaryResponse;
import grpc.kernel.GrpcChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** The metadata of a call: in the handler, and in the client. */
final class Handlers {
  static final MetadataKey<String> TENANT = MetadataKey.text("x-tenant");
  static final MetadataKey<String> COST = MetadataKey.text("x-cost");

  private Handlers() {}

  record Tenants() implements GreeterService {
    @Override
    public HelloReply sayHello(HelloRequest request) {
      var call = CallContext.current();
      String tenant = call.metadata().find(TENANT).orElse("nobody");
      Duration left = call.deadline().map(Deadline::remaining).orElse(Duration.ofMinutes(1));
      IO.println(call.method() + " from " + call.peer().remote() + ", " + left + " left");
      call.responseHeaders(Metadata.of(TENANT, tenant)); // leave with the first message
      call.responseTrailers(Metadata.of(COST, "1")); // end the call
      return HelloReply.newBuilder().setMessage(request.getName() + " of " + tenant).build();
    }
  }

  record Elsewhere(GreeterClient next, ExecutorService executor) implements GreeterService {
    @Override
    public HelloReply sayHello(HelloRequest request) throws Exception {
      var answer = executor.submit(CallContext.wrap(() -> next.sayHello(request)));
      return answer.get();
    }
  }

  static HelloReply greet(GreeterClient greeter, HelloRequest request) {
    return greeter.with(CallOptions.DEFAULT.withMetadata(TENANT, "acme")).sayHello(request);
  }

  static String cost(GrpcChannel channel, HelloRequest request) {
    UnaryResponse<HelloReply> answer =
        channel.unary(GreeterMethods.SAY_HELLO, request, CallOptions.DEFAULT);
    return answer.trailers().find(COST).orElse("unknown");
  }
}

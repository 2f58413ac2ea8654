package examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import examples.guide.proto.GreeterClient;
import examples.guide.proto.GreeterService;
import examples.guide.proto.HelloReply;
import examples.guide.proto.HelloRequest;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MetadataKey;
import grpc.api.ServerCredentials;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages' code does what the pages say. */
@Timeout(60)
class SnippetsTest {
  /** A service in this JVM, and a channel to it. */
  private record Served(GrpcServer server, GrpcChannel channel) implements AutoCloseable {
    static Served of(GreeterService service) {
      var address = InProcessAddress.unique();
      return new Served(
          GrpcServer.builder()
              .listen(address, ServerCredentials.plaintext())
              .service(service)
              .start(),
          GrpcChannel.builder(address, ChannelCredentials.plaintext()).open());
    }

    GreeterClient greeter() {
      return new GreeterClient(channel);
    }

    @Override
    public void close() {
      channel.close();
      server.close();
    }
  }

  private static HelloRequest named(String name) {
    return HelloRequest.newBuilder().setName(name).build();
  }

  @Test
  void greeterGreetsAndSendsNotesBack() {
    try (var served = Served.of(new Greeter())) {
      assertEquals("Hello, Ada", served.greeter().sayHello(named("Ada")).getMessage());
      FirstClient.chat(served.greeter());
    }
  }

  @Test
  void errorsTravelWithTrailersAndDetails() throws Exception {
    try (var served = Served.of(new Errors.Strict())) {
      var greeter = served.greeter();
      assertEquals(Optional.of("Hello, Ada"), Errors.greeting(greeter, named("Ada")));
      assertEquals(Optional.empty(), Errors.greeting(greeter, named("Bob")));
      var lost = assertThrows(StatusException.class, () -> greeter.sayHello(named("Lost")));
      assertEquals(Optional.of("7"), lost.trailers().find(Errors.SHARD));
      var invalid = assertThrows(StatusException.class, () -> greeter.sayHello(named("")));
      assertEquals(StatusCode.INVALID_ARGUMENT, invalid.code());
      var fields = Errors.badFields(invalid);
      assertEquals(1, fields.size());
      assertEquals("a name to greet", fields.getFirst().getExpected());
      assertEquals(0, Errors.badFields(lost).size());
    }
  }

  @Test
  void handlersReadMetadataAndAnswerHeadersAndTrailers() {
    try (var served = Served.of(new Handlers.Tenants())) {
      assertEquals("Ada of acme", Handlers.greet(served.greeter(), named("Ada")).getMessage());
      assertEquals("Ada of nobody", served.greeter().sayHello(named("Ada")).getMessage());
      assertEquals("1", Handlers.cost(served.channel(), named("Ada")));
    }
  }

  @Test
  void callCredentialsAreAskedForTheServiceThatIsCalled() {
    GreeterService echoesTheToken =
        new GreeterService() {
          @Override
          public HelloReply sayHello(HelloRequest request) {
            var metadata = grpc.api.CallContext.current().metadata();
            var token = metadata.find(MetadataKey.text("authorization")).orElse("none");
            return HelloReply.newBuilder().setMessage(token).build();
          }
        };
    try (var served = Served.of(echoesTheToken)) {
      var options =
          Options.withToken(audience -> "t for " + audience).withAuthority("greeter.example:443");
      assertEquals(
          "Bearer t for https://greeter.example/examples.guide.Greeter",
          served.greeter().with(options).sayHello(named("Ada")).getMessage());
    }
  }

  @Test
  void callsOfOtherThreadsInheritTheDeadline() {
    GreeterService echoesWhetherThereIsADeadline =
        new GreeterService() {
          @Override
          public HelloReply sayHello(HelloRequest request) {
            boolean bounded = grpc.api.CallContext.current().deadline().isPresent();
            return HelloReply.newBuilder().setMessage(String.valueOf(bounded)).build();
          }
        };
    try (var executor = Executors.newSingleThreadExecutor();
        var last = Served.of(echoesWhetherThereIsADeadline);
        var first = Served.of(new Handlers.Elsewhere(last.greeter(), executor))) {
      var bounded = first.greeter().with(CallOptions.timeout(Duration.ofSeconds(50)));
      assertEquals("true", bounded.sayHello(named("Ada")).getMessage());
      assertEquals("false", first.greeter().sayHello(named("Ada")).getMessage());
    }
  }
}

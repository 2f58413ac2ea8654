package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.Attributes;
import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.api.ClientCall;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.ServerCall;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.api.StreamClientInterceptor;
import grpc.api.StreamServerInterceptor;
import grpc.api.UnaryClientInterceptor;
import grpc.api.UnaryResponse;
import grpc.api.UnaryServerInterceptor;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.transport.inprocess.InProcessAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InterceptorsTest {
  private static final Attributes.Key<String> USER = Attributes.Key.of("user");

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  /** Both client kinds: notes that it was there, and adds metadata. */
  private final class Client {
    private final String name;

    Client(String name) {
      this.name = name;
    }

    UnaryClientInterceptor unary() {
      return new UnaryClientInterceptor() {
        @Override
        public <Q, R> UnaryResponse<R> intercept(
            MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
          seen.add(name);
          return next.unary(method, request, options.withMetadata(Echo.TEXT, name));
        }
      };
    }

    StreamClientInterceptor stream() {
      return new StreamClientInterceptor() {
        @Override
        public <Q, R> ClientCall<Q, R> intercept(
            MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
          seen.add(name);
          return next.call(method, options.withMetadata(Echo.TEXT, name));
        }
      };
    }
  }

  /** Refuses requests without metadata, tells the handler who calls otherwise. */
  private static final UnaryServerInterceptor AUTHENTICATE =
      new UnaryServerInterceptor() {
        @Override
        public <Q, R> R intercept(
            MethodDescriptor<Q, R> method, Q request, CallContext context, Next<Q, R> next)
            throws Exception {
          var user = context.metadata().find(Echo.TEXT);
          if (user.isEmpty()) {
            throw Status.of(StatusCode.UNAUTHENTICATED, "who are you?").asException();
          }
          context.trailers(Metadata.of(Echo.TEXT, "bye " + user.get()));
          return next.handle(request, context.with(USER, user.get()));
        }
      };

  private final StreamServerInterceptor observe =
      new StreamServerInterceptor() {
        @Override
        public <Q, R> void intercept(ServerCall<Q, R> call, Next<Q, R> next) throws Exception {
          seen.add("server " + call.context().metadata().all(Echo.TEXT));
          next.handle(call);
          seen.add("server done");
        }
      };

  private static final ServiceDefinition SERVICE =
      ServiceDefinition.builder("test.Echo")
          .unary(
              Echo.UNARY,
              request -> bytes(CallContext.CURRENT.get().attributes().find(USER).orElseThrow()))
          .serverStreaming(Echo.SPLIT, (request, responses) -> responses.send(request))
          .build();

  @Test
  void firstAddedIsOutermostAndUnaryOnesSeeUnaryCallsOnly() {
    var address = InProcessAddress.unique();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(SERVICE)
                .intercept(AUTHENTICATE, observe)
                .start();
        var channel =
            GrpcChannel.builder(address, ChannelCredentials.plaintext())
                .intercept(
                    new Client("a").unary(), new Client("b").stream(), new Client("c").unary())
                .open()) {
      assertEquals(1, server.services().size());
      var response = channel.unary(Echo.UNARY, bytes(""), CallOptions.DEFAULT);
      assertEquals("c", text(response.message()), "the innermost set the last value");
      assertEquals("bye c", response.trailers().find(Echo.TEXT).orElseThrow());
      assertEquals(List.of("a", "c"), List.copyOf(seen));
    }
  }

  @Test
  void serverInterceptorMayEndTheCall() {
    var address = InProcessAddress.unique();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(SERVICE)
                .intercept(AUTHENTICATE)
                .start();
        var channel = GrpcChannel.builder(address, ChannelCredentials.plaintext()).open()) {
      assertEquals(1, server.services().size());
      var e =
          assertThrows(
              StatusException.class,
              () -> channel.unary(Echo.UNARY, bytes(""), CallOptions.DEFAULT));
      assertEquals(StatusCode.UNAUTHENTICATED, e.code());
    }
  }

  @Test
  void streamInterceptorsSeeStreamsOnBothSides() throws InterruptedException {
    var address = InProcessAddress.unique();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(SERVICE)
                .intercept(AUTHENTICATE, observe)
                .start();
        var channel =
            GrpcChannel.builder(address, ChannelCredentials.plaintext())
                .intercept(new Client("a").unary(), new Client("b").stream())
                .open();
        var responses = channel.serverStreaming(Echo.SPLIT, bytes("x"), CallOptions.DEFAULT)) {
      assertEquals(1, server.services().size());
      assertEquals("x", text(responses.receive().orElseThrow()));
      assertEquals("b", seen.take());
      assertEquals("server [b]", seen.take());
      assertEquals("server done", seen.take());
    }
  }
}

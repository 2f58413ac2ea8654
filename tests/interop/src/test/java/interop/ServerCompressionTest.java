package interop;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallContext;
import grpc.api.ChannelCredentials;
import grpc.api.ForwardingServerCall;
import grpc.api.MethodDescriptor;
import grpc.api.ServerCall;
import grpc.api.ServerCredentials;
import grpc.api.ServerInterceptor;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do not compress as they are asked fail the cases that ask for it. */
@Timeout(50)
class ServerCompressionTest {
  /** Compresses all responses, or none, whatever the handler has chosen. */
  private record Stubborn(boolean compress) implements ServerInterceptor {
    @Override
    public <Q, R> R interceptUnary(
        MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
        throws Exception {
      R response = next.handle(request, context);
      context.compressMessages(compress);
      return response;
    }

    @Override
    public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
        throws Exception {
      next.handle(
          new ForwardingServerCall<>(call) {
            @Override
            public void send(R response) {
              context().compressMessages(compress);
              super.send(response);
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void serverThatCompressesAllOrNothingFails(boolean compress) throws Exception {
    var listening =
        GrpcServer.builder()
            .listen(0, ServerCredentials.plaintext())
            .intercept(new Stubborn(compress));
    try (var server = new TestServer().on(listening).start();
        var channel =
            GrpcChannel.open("dns:///localhost:" + server.port(), ChannelCredentials.plaintext())) {
      var soak = new Soak(1, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1, 1, 1);
      var setup = Setup.to("dns:///localhost:" + server.port(), channel, soak);
      for (String name : new String[] {"server_compressed_unary", "server_compressed_streaming"}) {
        var e =
            assertThrows(
                AssertionError.class, () -> TestCases.find(name).orElseThrow().run(setup), name);
        assertTrue(e.getMessage().startsWith("whether responses came compressed"), e::toString);
      }
    }
  }
}

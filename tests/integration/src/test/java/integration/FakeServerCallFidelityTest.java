package integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodHandler;
import grpc.api.ServerCallGate;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.testing.FakeServerCall;
import grpc.transport.inprocess.InProcessAddress;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call of grpc.testing, which has no server, looks to its client as one of a server does. */
@Timeout(20)
class FakeServerCallFidelityTest {
  private static final MetadataKey<String> COLOUR = MetadataKey.text("colour");

  /** What a client sees of a call. */
  private record Seen(
      Status status, Metadata headers, Metadata trailers, Optional<byte[]> response) {}

  private static final Map<String, MethodHandler.Unary<byte[], byte[]>> HANDLERS =
      Map.of(
          "answers",
          request -> request,
          "answers with headers and trailers",
          request -> {
            CallContext.current().responseHeaders(Metadata.of(COLOUR, "red"));
            CallContext.current().responseTrailers(Metadata.of(COLOUR, "blue"));
            return request;
          },
          "sends headers, then fails",
          request -> {
            CallContext.current().responseHeaders(Metadata.of(COLOUR, "red"));
            CallContext.current().sendHeaders();
            throw Status.notFound("none").asException();
          },
          "fails with headers that have not left",
          request -> {
            CallContext.current().responseHeaders(Metadata.of(COLOUR, "red"));
            throw Status.notFound("none").asException();
          },
          "fails with trailers of both kinds",
          request -> {
            CallContext.current().responseTrailers(Metadata.of(COLOUR, "blue"));
            throw new StatusException(Status.notFound("none"), Metadata.of(COLOUR, "green"));
          },
          "throws OK",
          request -> {
            throw Status.OK.asException();
          },
          "has a defect",
          request -> {
            throw new IllegalStateException("secret");
          },
          "sets headers twice",
          request -> {
            CallContext.current().sendHeaders();
            CallContext.current().responseHeaders(Metadata.EMPTY);
            return request;
          },
          "is refused by the gate",
          request -> request);

  static Stream<String> handlers() {
    return HANDLERS.keySet().stream().sorted();
  }

  private static ServerCallGate gate(String name) {
    return call ->
        name.contains("gate")
            ? ServerCallGate.Decision.refuse(
                Status.of(StatusCode.PERMISSION_DENIED, "no"), Metadata.of(COLOUR, "grey"))
            : ServerCallGate.Decision.admit();
  }

  private static Seen ofServer(ServiceDefinition service, ServerCallGate gate) {
    var address = InProcessAddress.unique();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(service)
                .gate(gate)
                .start();
        var channel = GrpcChannel.builder(address, ChannelCredentials.plaintext()).open()) {
      assertEquals(1, server.services().size());
      var call = channel.unary(Echo.UNARY, new byte[] {1}, CallOptions.DEFAULT);
      return new Seen(Status.OK, call.headers(), call.trailers(), Optional.of(call.message()));
    } catch (StatusException e) {
      return new Seen(e.status(), Metadata.EMPTY, e.trailers(), Optional.empty());
    }
  }

  private static Seen ofFake(ServiceDefinition service, ServerCallGate gate)
      throws InterruptedException {
    var call = FakeServerCall.of(service, Echo.UNARY).gate(gate).call(new byte[] {1});
    var responses = call.responses();
    return new Seen(
        call.status(),
        call.status().isOk() ? call.headers() : Metadata.EMPTY, // a unary call's client has none
        call.trailers(),
        responses.stream().findFirst());
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void clientSeesTheSame(String name) throws InterruptedException {
    var service =
        ServiceDefinition.builder(Echo.UNARY.serviceName())
            .unary(Echo.UNARY, HANDLERS.get(name))
            .build();
    var expected = ofServer(service, gate(name));
    var actual = ofFake(service, gate(name));
    assertEquals(expected.status, actual.status);
    assertEquals(expected.headers, actual.headers);
    assertEquals(expected.trailers, actual.trailers);
    assertArrayEquals(expected.response.orElse(null), actual.response.orElse(null));
  }
}

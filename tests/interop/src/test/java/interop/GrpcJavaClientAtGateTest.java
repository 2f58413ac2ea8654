package interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.MetadataKey;
import grpc.api.ServerCallGate;
import grpc.api.ServerCallGate.Decision;
import grpc.api.ServerCredentials;
import grpc.api.StatusCode;
import grpc.kernel.GrpcServer;
import interop.proto.SimpleRequest;
import interop.proto.TestServiceService;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** grpc-java's client against our server, which refuses calls by their headers. */
@Timeout(30)
class GrpcJavaClientAtGateTest implements TestServiceService {
  private static final MetadataKey<String> TEXT = MetadataKey.text("x-text");

  /** Enough to meet a refusal at each stage of an upload. */
  private static final int ROUNDS = 30;

  private GrpcServer server;
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    ServerCallGate gate =
        call ->
            call.metadata().find(TEXT).isPresent()
                ? Decision.admit()
                : Decision.refuse(
                    grpc.api.Status.of(StatusCode.PERMISSION_DENIED, "x-text is missing"),
                    grpc.api.Metadata.of(TEXT, "trailer"));
    server =
        GrpcServer.builder()
            .listen(OurBackend.port(0), ServerCredentials.plaintext())
            .gate(gate)
            .service(this)
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    server.close();
  }

  private static void assertRefused(Status status, Metadata trailers) {
    assertEquals(Status.Code.PERMISSION_DENIED, status.getCode(), status::toString);
    assertEquals("x-text is missing", status.getDescription());
    assertEquals("trailer", trailers.get(GrpcJavaMethods.TEXT));
  }

  @Test
  void largeUploadIsRefusedByItsHeaders() {
    var request = SimpleRequest.newBuilder().setPayload(TestServer.payload(4 << 20)).build();
    for (int i = 0; i < ROUNDS; i++) {
      var e =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(
                      channel, GrpcJavaMethods.UNARY, CallOptions.DEFAULT, request));
      assertRefused(e.getStatus(), e.getTrailers());
    }
  }

  @Test
  void streamThatNeverEndsIsRefusedAtOnce() {
    for (int i = 0; i < ROUNDS; i++) {
      var up =
          ClientCalls.blockingClientStreamingCall(
              channel, GrpcJavaMethods.INPUT, CallOptions.DEFAULT);
      var e = assertThrows(StatusException.class, up::read);
      assertRefused(e.getStatus(), e.getTrailers());
      var both =
          ClientCalls.blockingBidiStreamingCall(
              channel, GrpcJavaMethods.DUPLEX, CallOptions.DEFAULT);
      e = assertThrows(StatusException.class, both::read);
      assertRefused(e.getStatus(), e.getTrailers());
    }
  }

  @Test
  void admittedCallReachesItsMethod() {
    var metadata = new Metadata();
    metadata.put(GrpcJavaMethods.TEXT, "here");
    var admitted =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    var e =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    admitted,
                    GrpcJavaMethods.UNARY,
                    CallOptions.DEFAULT,
                    SimpleRequest.getDefaultInstance()));
    assertEquals(Status.Code.UNIMPLEMENTED, e.getStatus().getCode(), "of the service's default");
  }
}

package interop;

import static interop.OurClientAndOurServerTest.note;
import static interop.OurClientAndOurServerTest.onVirtualThread;
import static interop.OurClientAndOurServerTest.payload;
import static interop.OurClientAndOurServerTest.unary;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import interop.proto.Empty;
import interop.proto.Payload;
import interop.proto.ResponseParameters;
import interop.proto.SimpleRequest;
import interop.proto.StreamingOutputCallRequest;
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
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** grpc-java's client against our server. */
@Timeout(30)
class GrpcJavaClientTest {
  private OurBackend backend;
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    backend = new OurBackend(OurBackend.port(0));
    channel = open(backend.port());
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    backend.close();
  }

  private static ManagedChannel open(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  private Payload call(SimpleRequest request, CallOptions options) {
    return ClientCalls.blockingUnaryCall(channel, GrpcJavaMethods.UNARY, options, request)
        .getPayload();
  }

  private Payload call(String text) {
    return call(unary(text), CallOptions.DEFAULT);
  }

  private static void assertRich(Status status, Metadata trailers) {
    assertEquals(Status.Code.ABORTED, status.getCode());
    assertEquals(Backend.MESSAGE, status.getDescription());
    assertArrayEquals(Backend.DETAILS, trailers.get(GrpcJavaMethods.DETAILS));
    assertEquals("trailer", trailers.get(GrpcJavaMethods.TEXT));
  }

  @Test
  void unaryMessagesOfAllSizesComeBack() {
    for (int size : new int[] {0, 1, 65_536, 1 << 20, (4 << 20) - 100}) {
      var body = TestServer.payload(size);
      var request = SimpleRequest.newBuilder().setPayload(body).build();
      assertEquals(body, call(request, CallOptions.DEFAULT));
    }
  }

  @Test
  void serverStreamingDeliversEachMessage() throws Exception {
    var request = StreamingOutputCallRequest.newBuilder();
    for (int i = 0; i < 200; i++) {
      request.addResponseParameters(ResponseParameters.newBuilder().setSize(i * 100));
    }
    var call =
        ClientCalls.blockingV2ServerStreamingCall(
            channel, GrpcJavaMethods.OUTPUT, CallOptions.DEFAULT, request.build());
    for (int i = 0; i < 200; i++) {
      assertEquals(i * 100, call.read().getPayload().getBody().size());
    }
    assertNull(call.read());
  }

  @Test
  void clientStreamingIsSummedUp() throws Exception {
    var call =
        ClientCalls.blockingClientStreamingCall(
            channel, GrpcJavaMethods.INPUT, CallOptions.DEFAULT);
    for (int i = 0; i < 200; i++) {
      call.write(StreamingCases.input(i * 100));
    }
    call.halfClose();
    assertEquals(1_990_000, call.read().getAggregatedPayloadSize());
  }

  @Test
  void bothSidesTalkInTurn() throws Exception {
    var call =
        ClientCalls.blockingBidiStreamingCall(channel, GrpcJavaMethods.DUPLEX, CallOptions.DEFAULT);
    for (int i = 0; i < 200; i++) {
      call.write(note("n" + i));
      assertEquals(payload("n" + i), call.read().getPayload());
    }
    call.halfClose();
    assertNull(call.read());
  }

  @Test
  void unaryErrorCarriesDetailsAndTrailers() {
    var e = assertThrows(StatusRuntimeException.class, () -> call("fail"));
    assertRich(e.getStatus(), e.getTrailers());
  }

  @Test
  void serverEndsAStreamWithAnError() throws Exception {
    var call =
        ClientCalls.blockingBidiStreamingCall(channel, GrpcJavaMethods.DUPLEX, CallOptions.DEFAULT);
    call.write(note("good"));
    assertEquals(payload("good"), call.read().getPayload());
    call.write(note("fail"));
    var e = assertThrows(StatusException.class, call::read);
    assertRich(e.getStatus(), e.getTrailers());
  }

  @Test
  void deadlineEndsBothSides() throws Exception {
    call("connected");
    var hasty = CallOptions.DEFAULT.withDeadlineAfter(200, TimeUnit.MILLISECONDS);
    var e =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    channel, GrpcJavaMethods.EMPTY, hasty, Empty.getDefaultInstance()));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, e.getStatus().getCode());
    assertEquals("cancelled: true", backend.ends.take());
  }

  @Test
  void clientThatCancelsEndsTheHandler() throws Exception {
    var call =
        ClientCalls.futureUnaryCall(
            channel.newCall(GrpcJavaMethods.EMPTY, CallOptions.DEFAULT),
            Empty.getDefaultInstance());
    backend.waiting.await();
    call.cancel(true);
    assertEquals("cancelled: true", backend.ends.take());
  }

  @Test
  void clientThatCancelsAStreamEndsTheHandler() throws Exception {
    var call =
        ClientCalls.blockingBidiStreamingCall(channel, GrpcJavaMethods.DUPLEX, CallOptions.DEFAULT);
    call.write(note("begun"));
    assertEquals(payload("begun"), call.read().getPayload());
    call.cancel("enough", null);
    assertEquals("cancelled: true", backend.ends.take());
  }

  @Test
  void metadataGoesBothWaysWithRepeats() {
    var metadata = new Metadata();
    metadata.put(GrpcJavaMethods.TEXT, "one");
    metadata.put(GrpcJavaMethods.TEXT, "two, three");
    metadata.put(GrpcJavaMethods.BYTES, new byte[] {0, -1, 44});
    metadata.put(GrpcJavaMethods.BYTES, new byte[0]);
    var headers = new AtomicReference<Metadata>();
    var trailers = new AtomicReference<Metadata>();
    var intercepted =
        ClientInterceptors.intercept(
            channel,
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers),
            MetadataUtils.newAttachHeadersInterceptor(metadata));
    ClientCalls.blockingUnaryCall(
        intercepted, GrpcJavaMethods.UNARY, CallOptions.DEFAULT, unary("metadata"));
    assertEquals(List.of("one", "two, three"), all(headers.get(), GrpcJavaMethods.TEXT));
    var bytes = all(trailers.get(), GrpcJavaMethods.BYTES);
    assertEquals(2, bytes.size());
    assertArrayEquals(new byte[] {0, -1, 44}, bytes.getFirst());
    assertArrayEquals(new byte[0], bytes.getLast());
  }

  private static <T> List<T> all(Metadata metadata, Metadata.Key<T> key) {
    var values = new ArrayList<T>();
    metadata.getAll(key).forEach(values::add);
    return values;
  }

  @Test
  void requestsAreDecompressed() {
    assertEquals(payload("echo"), call(unary("echo"), CallOptions.DEFAULT.withCompression("gzip")));
  }

  @Test
  void responsesAreCompressed() {
    var headers = new AtomicReference<Metadata>();
    var trailers = new AtomicReference<Metadata>();
    var intercepted =
        ClientInterceptors.intercept(
            channel, MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
    var response =
        ClientCalls.blockingUnaryCall(
            intercepted, GrpcJavaMethods.UNARY, CallOptions.DEFAULT, unary("gzip"));
    assertEquals(payload("gzip"), response.getPayload());
    assertEquals("gzip", headers.get().get(GrpcJavaMethods.ENCODING));
  }

  @Test
  void callWaitsForAServerThatStartsLate() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var late = open(port);
    var answer =
        onVirtualThread(() ->
            ClientCalls.blockingUnaryCall(
                    late,
                    GrpcJavaMethods.UNARY,
                    CallOptions.DEFAULT.withWaitForReady(),
                    unary("patient"))
                .getPayload());
    try (var server = new OurBackend(OurBackend.port(port))) {
      assertEquals(payload("patient"), answer.get(), server::target);
    } finally {
      late.shutdownNow();
    }
  }

  @Test
  void serverThatStopsAnswersWhatItHasAccepted() throws Exception {
    var answers = new ArrayList<FutureTask<Payload>>();
    for (int i = 0; i < 100; i++) {
      answers.add(onVirtualThread(() -> call("hold")));
    }
    backend.held.await();
    backend.drain();
    backend.release.countDown();
    for (var answer : answers) {
      assertEquals(payload("hold"), answer.get());
    }
    backend.awaitStopped(); // until then a call may slip in before the client knows
    var e = assertThrows(StatusRuntimeException.class, () -> call("late"));
    assertEquals(Status.Code.UNAVAILABLE, e.getStatus().getCode());
  }

  @Test
  void serverThatClosesCancelsWhatRuns() throws Exception {
    var call =
        ClientCalls.futureUnaryCall(
            channel.newCall(GrpcJavaMethods.EMPTY, CallOptions.DEFAULT),
            Empty.getDefaultInstance());
    backend.waiting.await();
    backend.close();
    var e = assertThrows(ExecutionException.class, call::get);
    assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(e).getCode(), e::toString);
    assertEquals("cancelled: true", backend.ends.take());
  }

  @Test
  void aThousandCallsRunAtOnce() throws Exception {
    var answers = new ArrayList<FutureTask<Payload>>();
    for (int i = 0; i < Backend.MANY; i++) {
      answers.add(onVirtualThread(() -> call("gather")));
    }
    for (var answer : answers) {
      assertEquals(payload("gather"), answer.get());
    }
  }
}

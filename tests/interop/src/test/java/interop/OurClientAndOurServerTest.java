package interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.Metadata;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.codec.protobuf.RichStatus;
import grpc.kernel.GrpcChannel;
import interop.proto.Empty;
import interop.proto.Payload;
import interop.proto.ResponseParameters;
import interop.proto.SimpleRequest;
import interop.proto.SimpleResponse;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.TestServiceClient;
import interop.proto.TestServiceMethods;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Our channel and generated stubs against our server, and against others that answer alike. */
@Timeout(30)
@ParameterizedClass
@EnumSource
class OurClientAndOurServerTest {
  private final Over over;
  private Backend backend;
  private TestServiceClient client;
  private GrpcChannel channel;

  OurClientAndOurServerTest(Over over) {
    this.over = over;
  }

  @BeforeEach
  void connect(@TempDir Path folder) throws Exception {
    backend = over.start(folder);
    channel = GrpcChannel.open(backend.target(), ChannelCredentials.plaintext());
    client = new TestServiceClient(channel);
  }

  @AfterEach
  void disconnect() {
    channel.close();
    backend.close();
  }

  static Payload payload(String text) {
    return Payload.newBuilder().setBody(ByteString.copyFromUtf8(text)).build();
  }

  static SimpleRequest unary(String text) {
    return SimpleRequest.newBuilder().setPayload(payload(text)).build();
  }

  static StreamingOutputCallRequest note(String text) {
    return StreamingOutputCallRequest.newBuilder().setPayload(payload(text)).build();
  }

  static <T> FutureTask<T> onVirtualThread(Callable<T> call) {
    var task = new FutureTask<>(call);
    Thread.ofVirtual().start(task);
    return task;
  }

  private void assertRich(StatusException e) {
    assertEquals(StatusCode.ABORTED, e.code());
    assertEquals(Backend.MESSAGE, e.status().message());
    assertArrayEquals(Backend.DETAILS, e.status().details());
    assertEquals("x", RichStatus.of(e).orElseThrow().getMessage());
    assertEquals("trailer", e.trailers().find(Backend.TEXT).orElseThrow());
  }

  @Test
  void unaryMessagesOfAllSizesComeBack() {
    for (int size : new int[] {0, 1, 65_536, 1 << 20, (4 << 20) - 100}) {
      var body = TestServer.payload(size);
      var request = SimpleRequest.newBuilder().setPayload(body).build();
      assertEquals(body, client.unaryCall(request).getPayload());
    }
  }

  @Test
  void serverStreamingDeliversEachMessage() {
    var request = StreamingOutputCallRequest.newBuilder();
    for (int i = 0; i < 200; i++) {
      request.addResponseParameters(ResponseParameters.newBuilder().setSize(i * 100));
    }
    int next = 0;
    try (var responses = client.streamingOutputCall(request.build())) {
      for (var response : responses) {
        assertEquals(100 * next++, response.getPayload().getBody().size());
      }
    }
    assertEquals(200, next);
  }

  @Test
  void clientStreamingIsSummedUp() {
    try (var call = client.streamingInputCall()) {
      for (int i = 0; i < 200; i++) {
        call.send(StreamingCases.input(i * 100));
      }
      assertEquals(1_990_000, call.finish().getAggregatedPayloadSize());
    }
  }

  @Test
  void bothSidesTalkInTurn() {
    try (var call = client.fullDuplexCall()) {
      for (int i = 0; i < 200; i++) {
        call.send(note("n" + i));
        assertEquals(payload("n" + i), call.receive().orElseThrow().getPayload());
      }
      call.halfClose();
      assertTrue(call.receive().isEmpty());
    }
  }

  @Test
  void unaryErrorCarriesDetailsAndTrailers() {
    assertRich(assertThrows(StatusException.class, () -> client.unaryCall(unary("fail"))));
  }

  @Test
  void serverEndsAStreamWithAnError() {
    try (var call = client.fullDuplexCall()) {
      call.send(note("good"));
      assertTrue(call.receive().isPresent());
      call.send(note("fail"));
      assertRich(assertThrows(StatusException.class, call::receive));
    }
  }

  @Test
  void deadlineEndsBothSides() throws Exception {
    client.unaryCall(unary("connected"));
    var hasty = client.with(CallOptions.timeout(Duration.ofSeconds(1)));
    var e = assertThrows(StatusException.class, () -> hasty.emptyCall(Empty.getDefaultInstance()));
    assertEquals(StatusCode.DEADLINE_EXCEEDED, e.code());
    assertEquals("cancelled: true", backend.ends.take());
  }

  @Test
  void callerThatIsInterruptedCancelsTheCall() throws Exception {
    var code =
        new FutureTask<>(() ->
            assertThrows(StatusException.class, () -> client.emptyCall(Empty.getDefaultInstance()))
                .code());
    var caller = Thread.ofVirtual().start(code);
    backend.waiting.await();
    caller.interrupt();
    assertEquals(StatusCode.CANCELLED, code.get());
    assertEquals("cancelled: true", backend.ends.take());
  }

  @Test
  void streamThatIsClosedEarlyEndsTheHandler() throws Exception {
    try (var call = client.fullDuplexCall()) {
      call.send(note("begun"));
      assertEquals(payload("begun"), call.receive().orElseThrow().getPayload());
    }
    assertEquals("cancelled: true", backend.ends.take());
  }

  @Test
  void metadataGoesBothWaysWithRepeats() {
    var metadata =
        Metadata.builder()
            .add(Backend.TEXT, "one")
            .add(Backend.BYTES, new byte[] {0, -1, 44})
            .add(Backend.TEXT, "two, three")
            .add(Backend.BYTES, new byte[0])
            .build();
    var answer =
        channel.unary(
            TestServiceMethods.UNARY_CALL,
            unary("metadata"),
            CallOptions.DEFAULT.withMetadata(metadata));
    assertEquals(List.of("one", "two, three"), answer.headers().all(Backend.TEXT));
    var bytes = answer.trailers().all(Backend.BYTES);
    assertEquals(2, bytes.size());
    assertArrayEquals(new byte[] {0, -1, 44}, bytes.getFirst());
    assertArrayEquals(new byte[0], bytes.getLast());
  }

  @Test
  void requestsAreCompressed() throws Exception {
    var gzip = client.with(CallOptions.DEFAULT.withCompressor("gzip"));
    assertEquals(payload("echo"), gzip.unaryCall(unary("echo")).getPayload());
    assertEquals(payload("gzip"), gzip.unaryCall(unary("gzip")).getPayload());
  }

  @Test
  void responsesAreDecompressed() {
    assertEquals(payload("gzip"), client.unaryCall(unary("gzip")).getPayload());
  }

  @Test
  void callByNameNeedsNoStub() throws Exception {
    var method =
        MethodDescriptor.of(
            "grpc.testing.TestService/UnaryCall",
            MethodType.UNARY,
            byte[].class,
            byte[].class,
            "raw");
    var answer =
        channel.unary(
            method, unary("raw").toByteArray(), CallOptions.DEFAULT.withContentSubtype("proto"));
    assertEquals(payload("raw"), SimpleResponse.parseFrom(answer.message()).getPayload());
  }

  @Test
  void contentSubtypeWithoutACodecIsReadAsProto() {
    var unheardOf = CallOptions.DEFAULT.withContentSubtype("unheard-of");
    assertEquals(payload("proto"), client.with(unheardOf).unaryCall(unary("proto")).getPayload());
  }

  @Test
  void callWaitsForAServerThatStartsLate() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (var late = GrpcChannel.open("ipv4:127.0.0.1:" + port, ChannelCredentials.plaintext())) {
      var hasty = new TestServiceClient(late);
      var e = assertThrows(StatusException.class, () -> hasty.unaryCall(unary("hasty")));
      assertEquals(StatusCode.UNAVAILABLE, e.code());
      var patient = hasty.with(CallOptions.DEFAULT.withWaitForReady(true));
      var answer = onVirtualThread(() -> patient.unaryCall(unary("patient")).getPayload());
      try (var server = over.startOn(port)) {
        assertEquals(payload("patient"), answer.get(), server::target);
      }
    }
  }

  @Test
  void serverThatStopsAnswersWhatItHasAccepted() throws Exception {
    var answers = new ArrayList<FutureTask<Payload>>();
    for (int i = 0; i < 100; i++) {
      answers.add(onVirtualThread(() -> client.unaryCall(unary("hold")).getPayload()));
    }
    backend.held.await();
    backend.drain();
    backend.release.countDown();
    for (var answer : answers) {
      assertEquals(payload("hold"), answer.get());
    }
    backend.awaitStopped(); // until then a call may slip in before the client knows
    var e = assertThrows(StatusException.class, () -> client.unaryCall(unary("late")));
    assertEquals(StatusCode.UNAVAILABLE, e.code());
  }

  @Test
  void aThousandCallsRunAtOnce() throws Exception {
    var answers = new ArrayList<FutureTask<Payload>>();
    for (int i = 0; i < Backend.MANY; i++) {
      answers.add(onVirtualThread(() -> client.unaryCall(unary("gather")).getPayload()));
    }
    for (var answer : answers) {
      assertEquals(payload("gather"), answer.get());
    }
  }
}

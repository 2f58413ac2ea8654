package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.StatusCode;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Messages and metadata of grpc-java's client. */
class FromGrpcJavaTest extends FromGrpcJava {
  @Test
  void unaryMessagesOfAllSizesComeBack() {
    for (int size : new int[] {0, 1, 65_536, 1 << 20, 4 << 20}) {
      byte[] message = TestClient.pattern(size);
      assertArrayEquals(message, unary("Unary", message));
      assertArrayEquals(message, unary("Inline", message));
    }
  }

  @Test
  void serverStreamingDeliversEachMessage() {
    byte[] message = TestClient.pattern(100_000);
    message[0] = 100;
    var answers =
        ClientCalls.blockingServerStreamingCall(
            channel,
            GrpcJava.method("Expand", MethodType.SERVER_STREAMING),
            CallOptions.DEFAULT,
            message);
    int count = 0;
    while (answers.hasNext()) {
      assertArrayEquals(message, answers.next());
      count++;
    }
    assertEquals(100, count);
  }

  @Test
  void clientStreamingIsCollected() throws Exception {
    var received = new Received();
    var requests =
        ClientCalls.asyncClientStreamingCall(
            channel.newCall(
                GrpcJava.method("Collect", MethodType.CLIENT_STREAMING), CallOptions.DEFAULT),
            received);
    int sum = 0;
    for (int size : new int[] {0, 1, 1 << 20, 7, 4 << 20, 65_536}) {
      requests.onNext(TestClient.pattern(size));
      sum += size;
    }
    requests.onCompleted();
    assertEquals(sum, ByteBuffer.wrap(received.next()).getInt());
    assertEquals(Status.Code.OK, received.code());
  }

  @Test
  void aThousandBidiStreamsRunAtOnce() throws Exception {
    Loopback.parallel(
        1000,
        i -> {
          var received = new Received();
          var requests = bidi("Bidi", received);
          byte[] message = TestClient.pattern(i * 10);
          for (int n = 0; n < 3; n++) {
            requests.onNext(message);
            assertArrayEquals(message, received.next());
          }
          requests.onCompleted();
          assertEquals(Status.Code.OK, received.code());
        });
  }

  @Test
  void metadataTravelsWithBinaryAndRepeatedValues() {
    byte[] bytes = {0, -1, 127, 10, 44};
    var metadata = new Metadata();
    metadata.put(GrpcJava.TEXT, "one");
    metadata.put(GrpcJava.BIN, bytes);
    metadata.put(GrpcJava.TEXT, "two, with comma");
    metadata.put(GrpcJava.BIN, new byte[0]);
    var headers = new AtomicReference<Metadata>();
    var trailers = new AtomicReference<Metadata>();
    var intercepted =
        io.grpc.ClientInterceptors.intercept(
            channel,
            MetadataUtils.newAttachHeadersInterceptor(metadata),
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
    ClientCalls.blockingUnaryCall(
        intercepted, GrpcJava.method("Unary", MethodType.UNARY), CallOptions.DEFAULT, new byte[1]);
    for (var received : List.of(headers.get(), trailers.get())) {
      var texts = new ArrayList<String>();
      received.getAll(GrpcJava.TEXT).forEach(texts::add);
      assertEquals(List.of("one", "two, with comma"), texts);
      var all = new ArrayList<byte[]>();
      received.getAll(GrpcJava.BIN).forEach(all::add);
      assertArrayEquals(bytes, all.getFirst());
      assertEquals(0, all.getLast().length);
    }
  }

  @Test
  void errorsCarryMessageAndDetails() {
    byte[] details = TestClient.pattern(100);
    echo.on(
        "/t.Echo/Fail",
        Dispatch.AT_HEADERS,
        stream ->
            stream.close(
                grpc.api.Status.of(StatusCode.ABORTED, "100 % ü").withDetails(details),
                grpc.api.Metadata.of(grpc.api.MetadataKey.text("x-text"), "more")));
    var e = assertThrows(StatusRuntimeException.class, () -> unary("Fail", new byte[10]));
    assertEquals(Status.Code.ABORTED, e.getStatus().getCode());
    assertEquals("100 % ü", e.getStatus().getDescription());
    assertArrayEquals(details, e.getTrailers().get(GrpcJava.DETAILS));
    assertEquals("more", e.getTrailers().get(GrpcJava.TEXT));
    var unknown = assertThrows(StatusRuntimeException.class, () -> unary("None", new byte[10]));
    assertEquals(Status.Code.UNIMPLEMENTED, unknown.getStatus().getCode());
  }
}

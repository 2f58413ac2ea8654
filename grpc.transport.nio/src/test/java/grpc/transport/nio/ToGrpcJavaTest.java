package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamEnd.Progress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our client and grpc-java's server. */
@ExtendWith(LeakCheck.class)
class ToGrpcJavaTest {
  private static final MetadataKey<String> TEXT = MetadataKey.text("x-text");
  private static final MetadataKey<byte[]> BIN = MetadataKey.binary("x-bytes-bin");

  private GrpcJava.Echo server;
  private TestClient client;

  @BeforeEach
  void connect() throws Exception {
    server = new GrpcJava.Echo(1000);
    client = TestClient.connect(new NioTransportProvider(), server.address());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  private static void assertOk(ClientStream stream) throws InterruptedException {
    assertTrue(stream.end().status().isOk(), stream.end().toString());
  }

  @Test
  void unaryMessagesOfAllSizesComeBack() throws Exception {
    for (int size : new int[] {0, 1, 65_536, 1 << 20, 4 << 20}) {
      byte[] message = TestClient.pattern(size);
      ClientStream stream = client.unary("/t.Echo/Unary", message);
      assertArrayEquals(message, TestClient.bytes(stream.receive().orElseThrow()));
      assertTrue(stream.receive().isEmpty());
      assertOk(stream);
    }
  }

  @Test
  void serverStreamingDeliversEachMessage() throws Exception {
    byte[] message = TestClient.pattern(100_000);
    message[0] = 100;
    ClientStream stream = client.start("/t.Echo/Expand");
    stream.send(TestClient.message(message));
    stream.halfClose();
    for (int i = 0; i < 100; i++) {
      assertArrayEquals(message, TestClient.bytes(stream.receive().orElseThrow()));
    }
    assertTrue(stream.receive().isEmpty());
    assertOk(stream);
  }

  @Test
  void clientStreamingIsCollected() throws Exception {
    ClientStream stream = client.start("/t.Echo/Collect");
    int sum = 0;
    for (int size : new int[] {0, 1, 1 << 20, 7, 4 << 20, 65_536}) {
      assertTrue(stream.send(TestClient.message(TestClient.pattern(size))));
      sum += size;
    }
    stream.halfClose();
    assertEquals(sum, stream.receive().orElseThrow().payload().getInt());
    assertOk(stream);
  }

  @Test
  void bidiPingPongs() throws Exception {
    pingPong(200, i -> TestClient.pattern(i * 100));
  }

  private void pingPong(int rounds, IntFunction<byte[]> messages) throws InterruptedException {
    ClientStream stream = client.start("/t.Echo/Bidi");
    for (int i = 0; i < rounds; i++) {
      byte[] message = messages.apply(i);
      stream.send(TestClient.message(message));
      assertArrayEquals(message, TestClient.bytes(stream.receive().orElseThrow()));
    }
    stream.halfClose();
    assertTrue(stream.receive().isEmpty());
    assertOk(stream);
  }

  @Test
  void aThousandStreamsRunAtOnce() throws Exception {
    Loopback.parallel(
        1000,
        i -> {
          byte[] message = TestClient.pattern(i * 10);
          pingPong(3, n -> message);
        });
  }

  @Test
  void metadataTravelsWithBinaryAndRepeatedValues() throws Exception {
    byte[] bytes = {0, -1, 127, 10, 44};
    var metadata =
        Metadata.builder()
            .add(TEXT, "one")
            .add(BIN, bytes)
            .add(TEXT, "two, with comma")
            .add(BIN, new byte[0])
            .build();
    ClientStream stream = client.start("/t.Echo/Unary", metadata);
    stream.send(TestClient.message(new byte[1]));
    stream.halfClose();
    Metadata headers = stream.headers().orElseThrow().metadata();
    for (Metadata received : List.of(headers, stream.end().trailers())) {
      assertEquals(List.of("one", "two, with comma"), received.all(TEXT));
      assertArrayEquals(bytes, received.all(BIN).getFirst());
      assertEquals(0, received.all(BIN).getLast().length);
    }
  }

  @Test
  void errorsCarryMessageDetailsAndTrailers() throws Exception {
    byte[] details = TestClient.pattern(100);
    ClientStream stream = client.unary("/t.Echo/Fail", details);
    assertTrue(stream.receive().isEmpty());
    var end = stream.end();
    assertEquals(StatusCode.ABORTED, end.status().code());
    assertEquals("100 % ü", end.status().message());
    assertArrayEquals(details, end.status().details());
    assertEquals("more", end.trailers().find(TEXT).orElseThrow());
    assertEquals(
        StatusCode.UNIMPLEMENTED, client.unary("/t.Echo/None", details).end().status().code());
  }

  @Test
  void theDeadlineIsOnTheWire() throws Exception {
    var headers =
        RequestHeaders.of(
            "/t.Echo/Bidi",
            "localhost",
            TimeUnit.MILLISECONDS.toNanos(50),
            "",
            RequestHeaders.IDENTITY,
            "",
            Metadata.EMPTY);
    ClientStream stream = client.transport().newStream(headers, TestClient.options(false));
    // grpc-java ends the call itself; whether its status or its reset comes first is its affair.
    assertFalse(stream.end().status().isOk());
    assertEquals("bidi", server.cancelled.poll(20, TimeUnit.SECONDS));
    assertNotNull(server.received.poll());
  }

  @Test
  void cancelReachesTheServer() throws Exception {
    ClientStream stream = client.start("/t.Echo/Bidi");
    stream.send(TestClient.message(new byte[1]));
    assertTrue(stream.receive().isPresent());
    stream.cancel(Status.cancelled("enough"));
    assertEquals("bidi", server.cancelled.poll(20, TimeUnit.SECONDS));
    assertTrue(stream.receive().isEmpty());
    assertEquals("enough", stream.end().status().message());
    assertFalse(stream.send(TestClient.message(new byte[1])));
  }

  @Test
  void aSlowReaderHoldsTheServerBackAndLosesNothing() throws Exception {
    byte[] message = TestClient.pattern(1 << 20);
    message[0] = 30;
    ClientStream slow = client.start("/t.Echo/Expand");
    slow.send(TestClient.message(message));
    slow.halfClose();
    assertTrue(slow.headers().isPresent());
    ClientStream other = client.unary("/t.Echo/Unary", message); // is not held up by it
    assertArrayEquals(message, TestClient.bytes(other.receive().orElseThrow()));
    for (int i = 0; i < 30; i++) {
      assertArrayEquals(message, TestClient.bytes(slow.receive().orElseThrow()));
    }
    assertOk(slow);
  }

  @Test
  void theServersShutdownLetsCallsEnd() throws Exception {
    ClientStream stream = client.start("/t.Echo/Bidi");
    stream.send(TestClient.message(new byte[1]));
    assertTrue(stream.receive().isPresent());
    server.shutdown();
    client.awaitDraining();
    assertEquals(Progress.NOT_SENT, client.start("/t.Echo/Bidi").end().progress());
    stream.send(TestClient.message(new byte[2]));
    assertEquals(2, stream.receive().orElseThrow().payload().remaining());
    stream.halfClose();
    assertOk(stream);
    client.awaitClosed();
  }
}

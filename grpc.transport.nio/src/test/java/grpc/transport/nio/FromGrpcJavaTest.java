package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.StatusCode;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** grpc-java's client and our server. */
@ExtendWith(LeakCheck.class)
class FromGrpcJavaTest {
  private final EchoServer echo = new EchoServer();
  private ServerTransport server;
  private ManagedChannel channel;

  @BeforeEach
  void connect() throws Exception {
    server =
        new NioTransportProvider()
            .listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ServerTransportOptions(1000, 8192, Duration.ofSeconds(10)),
                echo);
    channel = GrpcJava.channel(server.localAddress());
  }

  @AfterEach
  void close() throws Exception {
    channel.shutdownNow();
    server.close();
    assertTrue(channel.awaitTermination(20, TimeUnit.SECONDS));
  }

  private byte[] unary(String name, byte[] message) {
    return ClientCalls.blockingUnaryCall(
        channel,
        GrpcJava.method(name, MethodType.UNARY),
        CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
        message);
  }

  /** Keeps what a call brings. */
  private static final class Received implements StreamObserver<byte[]> {
    final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(byte[] message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable t) {
      end.complete(Status.fromThrowable(t));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }

    byte[] next() throws InterruptedException {
      byte[] message = messages.poll(20, TimeUnit.SECONDS);
      assertNotNull(message, () -> "no message; " + end);
      return message;
    }

    Status.Code code() throws Exception {
      return end.get(20, TimeUnit.SECONDS).getCode();
    }
  }

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

  private StreamObserver<byte[]> bidi(String name, Received received) {
    return ClientCalls.asyncBidiStreamingCall(
        channel.newCall(GrpcJava.method(name, MethodType.BIDI_STREAMING), CallOptions.DEFAULT),
        received);
  }

  @Test
  void aThousandBidiStreamsRunAtOnce() throws Exception {
    LoopbackTest.parallel(
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

  @Test
  void theDeadlineIsReadFromTheWire() throws Exception {
    var timeout = new LinkedBlockingQueue<Long>();
    echo.on(
        "/t.Echo/Deadline",
        Dispatch.WHEN_WHOLE,
        stream -> {
          timeout.add(stream.headers().timeoutNanos());
          stream.close(grpc.api.Status.OK, grpc.api.Metadata.EMPTY);
        });
    assertThrows(StatusRuntimeException.class, () -> unary("Deadline", new byte[0]));
    long nanos = timeout.take();
    assertTrue(
        nanos > TimeUnit.SECONDS.toNanos(1) && nanos <= TimeUnit.SECONDS.toNanos(20), "" + nanos);
  }

  @Test
  void cancelReachesTheHandler() throws Exception {
    var received = new Received();
    var requests = bidi("Bidi", received);
    requests.onNext(new byte[1]);
    received.next();
    requests.onError(new RuntimeException("enough"));
    var cancelled = echo.cancellations().poll(20, TimeUnit.SECONDS);
    assertEquals(StatusCode.CANCELLED, cancelled == null ? null : cancelled.code());
  }

  @Test
  void anAnswerBeforeTheRequestsEndEndsTheCall() throws Exception {
    echo.on(
        "/t.Echo/Early",
        Dispatch.AT_HEADERS,
        stream -> {
          stream.receive();
          stream.sendHeaders(EchoServer.headers(grpc.api.Metadata.EMPTY));
          stream.send(TestClient.message(new byte[3]));
          stream.close(grpc.api.Status.OK, grpc.api.Metadata.EMPTY);
        });
    for (int i = 0; i < 20; i++) {
      var received = new Received();
      var requests = bidi("Early", received);
      requests.onNext(new byte[1]);
      assertEquals(3, received.next().length);
      assertEquals(Status.Code.OK, received.code());
    }
    assertArrayEquals(new byte[1], unary("Unary", new byte[1]));
  }

  @Test
  void aSlowReaderBlocksTheHandler() throws Exception {
    var sent = new AtomicInteger();
    var blocked = new AtomicLong();
    echo.on(
        "/t.Echo/Endless",
        Dispatch.WHEN_WHOLE,
        stream -> {
          stream.sendHeaders(EchoServer.headers(grpc.api.Metadata.EMPTY));
          while (sent.get() < 10_000 && stream.send(TestClient.message(new byte[100_000]))) {
            sent.incrementAndGet();
          }
          blocked.set(sent.get());
        });
    var headers = new CountDownLatch(1);
    var call =
        channel.newCall(
            GrpcJava.method("Endless", MethodType.SERVER_STREAMING), CallOptions.DEFAULT);
    call.start(
        new io.grpc.ClientCall.Listener<>() {
          @Override
          public void onHeaders(Metadata metadata) {
            headers.countDown();
          }
        },
        new Metadata());
    call.sendMessage(new byte[0]);
    call.halfClose();
    assertTrue(headers.await(20, TimeUnit.SECONDS)); // and no message is ever asked for
    for (int i = 0; i < 100; i++) {
      unary("Unary", new byte[10_000]);
    }
    assertTrue(sent.get() < 100, "sent to a reader that does not read: " + sent);
    call.cancel("enough", null);
    assertNotNull(echo.cancellations().poll(20, TimeUnit.SECONDS));
  }

  @Test
  void drainAnswersWhatWasAccepted() throws Exception {
    var accepted = new CountDownLatch(10);
    var release = new CountDownLatch(1);
    echo.on(
        "/t.Echo/Wait",
        Dispatch.WHEN_WHOLE,
        stream -> {
          accepted.countDown();
          release.await();
          stream.respond(
              EchoServer.headers(grpc.api.Metadata.EMPTY),
              stream.receive().orElseThrow(),
              grpc.api.Metadata.EMPTY);
        });
    Map<Integer, CompletableFuture<byte[]>> answers = new java.util.HashMap<>();
    for (int i = 0; i < 10; i++) {
      var answer = new CompletableFuture<byte[]>();
      answers.put(i, answer);
      int size = i * 10_000;
      Thread.startVirtualThread(() -> {
        try {
          answer.complete(unary("Wait", new byte[size]));
        } catch (RuntimeException e) {
          answer.completeExceptionally(e);
        }
      });
    }
    assertTrue(accepted.await(20, TimeUnit.SECONDS));
    server.drain();
    release.countDown();
    for (var answer : answers.entrySet()) {
      assertEquals(answer.getKey() * 10_000, answer.getValue().get(20, TimeUnit.SECONDS).length);
    }
    assertTrue(server.awaitClosed(Duration.ofSeconds(10)));
  }
}

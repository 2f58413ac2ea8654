package grpc.transport.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.StatusCode;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How calls of grpc-java's client end. */
class FromGrpcJavaEndTest extends FromGrpcJava {
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

package grpc.transport.inprocess;

import static grpc.transport.inprocess.ScriptedServer.OPTIONS;
import static grpc.transport.inprocess.ScriptedServer.REQUEST;
import static grpc.transport.inprocess.ScriptedServer.RESPONSE;
import static grpc.transport.inprocess.ScriptedServer.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.spi.transport.StreamOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InProcessTransportTest {
  private static void answerOnce(grpc.spi.transport.ServerStream stream)
      throws InterruptedException {
    stream.respond(RESPONSE, stream.receive().orElseThrow(), Metadata.EMPTY);
  }

  @Test
  void unaryRequestIsAnsweredWhole() throws Exception {
    try (var peers = new ScriptedServer(Dispatch.WHEN_WHOLE, InProcessTransportTest::answerOnce)) {
      var stream = peers.client.newStream(REQUEST, OPTIONS, message(5));
      assertEquals(5, stream.receive().orElseThrow().payload().remaining());
      assertTrue(stream.receive().isEmpty());
      assertEquals(RESPONSE, stream.headers().orElseThrow());
      assertTrue(stream.end().status().isOk());
      assertTrue(peers.cancellations.isEmpty());
    }
  }

  @Test
  void inlineHandlerRunsOnTheThreadOfTheClient() throws Exception {
    var ran = new AtomicReference<Thread>();
    try (var peers =
        new ScriptedServer(
            Dispatch.INLINE,
            stream -> {
              ran.set(Thread.currentThread());
              answerOnce(stream);
            })) {
      peers.client.newStream(REQUEST, OPTIONS, message(1)).end();
      assertSame(Thread.currentThread(), ran.get());
    }
  }

  @Test
  void handlerAtHeadersRunsBeforeAnyMessage() throws Exception {
    var started = new CountDownLatch(1);
    try (var peers =
        new ScriptedServer(
            Dispatch.AT_HEADERS,
            stream -> {
              started.countDown();
              for (var m = stream.receive(); m.isPresent(); m = stream.receive()) {
                stream.send(m.get());
              }
              stream.close(Status.OK, Metadata.EMPTY);
            })) {
      var stream = peers.client.newStream(REQUEST, OPTIONS);
      assertTrue(started.await(10, TimeUnit.SECONDS));
      assertTrue(stream.send(message(3)));
      assertEquals(3, stream.receive().orElseThrow().payload().remaining());
      stream.halfClose();
      stream.halfClose();
      assertThrows(IllegalStateException.class, () -> stream.send(message(1)));
      assertTrue(stream.receive().isEmpty());
      assertTrue(stream.end().status().isOk());
    }
  }

  @Test
  void senderWaitsWhileTheQuotaIsUsedUp() throws Exception {
    var read = new CountDownLatch(1);
    try (var peers =
        new ScriptedServer(
            Dispatch.AT_HEADERS,
            stream -> {
              read.await();
              while (stream.receive().isPresent()) {}
              stream.close(Status.OK, Metadata.EMPTY);
            })) {
      var stream = peers.client.newStream(REQUEST, OPTIONS);
      var sent = new AtomicInteger();
      var sender =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (sent.get() < 100 && stream.send(message(8 * 1024))) {
                    sent.incrementAndGet();
                  }
                  stream.halfClose();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      while (sender.getState() != Thread.State.WAITING) {
        assertFalse(sender.join(Duration.ofMillis(1)), "it did not wait");
      }
      assertEquals(8, sent.get(), "64 KiB and one message more at most");
      read.countDown();
      assertTrue(stream.end().status().isOk());
      sender.join();
      assertEquals(100, sent.get());
    }
  }

  @Test
  void cancelReachesTheHandlerOnceAndItsReadingThrows() throws Exception {
    var thrown = new LinkedBlockingQueue<Status>();
    var waiting = new CountDownLatch(1);
    try (var peers =
        new ScriptedServer(
            Dispatch.AT_HEADERS,
            stream -> {
              waiting.countDown();
              try {
                stream.receive();
              } catch (grpc.api.StatusException e) {
                thrown.add(e.status());
                assertFalse(stream.send(message(1)));
              }
            })) {
      var stream = peers.client.newStream(REQUEST, OPTIONS);
      waiting.await();
      stream.cancel(Status.cancelled("enough"));
      stream.cancel(Status.cancelled("again"));
      assertEquals("enough", stream.end().status().message());
      assertEquals(StatusCode.CANCELLED, thrown.take().code());
      assertEquals(StatusCode.CANCELLED, peers.cancellations.take().code());
      assertTrue(peers.cancellations.isEmpty());
      assertFalse(stream.send(message(1)));
    }
  }

  @Test
  void serverMayEndBeforeTheClientHasHalfClosed() throws Exception {
    try (var peers =
        new ScriptedServer(
            Dispatch.AT_HEADERS, stream -> stream.close(Status.notFound("no"), Metadata.EMPTY))) {
      var stream = peers.client.newStream(REQUEST, OPTIONS);
      assertTrue(stream.headers().isEmpty());
      assertEquals(StatusCode.NOT_FOUND, stream.end().status().code());
      assertFalse(stream.send(message(1)));
    }
  }

  @Test
  void messageOverTheLimitEndsTheCallWithResourceExhausted() throws Exception {
    try (var peers = new ScriptedServer(Dispatch.WHEN_WHOLE, InProcessTransportTest::answerOnce)) {
      var request = peers.client.newStream(REQUEST, OPTIONS, message((1 << 20) + 1));
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, request.end().status().code());
      var response =
          peers.client.newStream(
              REQUEST, StreamOptions.of(9).withSingleResponse(true), message(10));
      assertTrue(response.receive().isEmpty());
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, response.end().status().code());
    }
  }

  @Test
  void metadataOverTheLimitNeverReachesAHandler() throws Exception {
    var ran = new AtomicBoolean();
    try (var peers = new ScriptedServer(Dispatch.WHEN_WHOLE, stream -> ran.set(true))) {
      var big = Metadata.of(MetadataKey.text("k"), "x".repeat(8192));
      var headers =
          RequestHeaders.of("/s/m", "a", RequestHeaders.NO_TIMEOUT, "raw", "identity", "", big);
      var end = peers.client.newStream(headers, OPTIONS, message(1)).end();
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, end.status().code());
      assertFalse(ran.get());
    }
  }

  @Test
  void streamsOverTheServersLimitWaitForAPlace() throws Exception {
    var go = new CountDownLatch(1);
    var most = new AtomicInteger();
    var now = new AtomicInteger();
    try (var peers =
        new ScriptedServer(
            Dispatch.WHEN_WHOLE,
            1,
            stream -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              go.await();
              now.decrementAndGet();
              answerOnce(stream);
            })) {
      var first = peers.client.newStream(REQUEST, OPTIONS, message(1));
      var second = peers.client.newStream(REQUEST, OPTIONS, message(1));
      go.countDown();
      assertTrue(first.end().status().isOk());
      assertTrue(second.end().status().isOk());
      assertEquals(1, most.get());
    }
  }

  @Test
  void drainLetsRunningCallsEndAndRefusesNewOnesAsNotSent() throws Exception {
    var go = new CountDownLatch(1);
    var running = new CountDownLatch(1);
    try (var peers =
        new ScriptedServer(
            Dispatch.WHEN_WHOLE,
            stream -> {
              running.countDown();
              go.await();
              answerOnce(stream);
            })) {
      var old = peers.client.newStream(REQUEST, OPTIONS, message(1));
      running.await();
      peers.server.drain();
      var late = peers.client.newStream(REQUEST, OPTIONS, message(1)).end();
      assertEquals(Progress.NOT_SENT, late.progress());
      assertEquals(StatusCode.UNAVAILABLE, late.status().code());
      assertFalse(peers.server.awaitClosed(Duration.ZERO));
      go.countDown();
      assertTrue(old.end().status().isOk());
      assertTrue(peers.server.awaitClosed(Duration.ofSeconds(10)));
      assertEquals("ready", peers.events.take());
      assertEquals("draining", peers.events.take());
      assertEquals("closed UNAVAILABLE", peers.events.take());
    }
  }

  @Test
  void closingTheServerCutsRunningCalls() throws Exception {
    var running = new CountDownLatch(1);
    try (var peers =
        new ScriptedServer(
            Dispatch.AT_HEADERS,
            stream -> {
              running.countDown();
              stream.receive();
            })) {
      var stream = peers.client.newStream(REQUEST, OPTIONS);
      running.await();
      peers.server.close();
      assertEquals(StatusCode.UNAVAILABLE, stream.end().status().code());
      assertNotNull(peers.cancellations.take());
      assertTrue(peers.server.awaitClosed(Duration.ZERO));
    }
  }

  @Test
  void namesBelongToOneProviderAndUniqueAddressesToNone() throws Exception {
    var here = new InProcessTransportProvider();
    var elsewhere = new InProcessTransportProvider();
    var options =
        ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
            .maxConcurrentStreams(1)
            .maxHeaderListSize(8192)
            .handshakeTimeout(Duration.ofSeconds(1))
            .build();
    var named = InProcessAddress.named("n");
    var unique = InProcessAddress.unique();
    try (var a = here.listen(named, options, s -> null);
        var b = here.listen(unique, options, s -> null)) {
      assertThrows(IOException.class, () -> here.listen(named, options, s -> null));
      assertEquals(named, a.localAddress());
      assertEquals(unique, b.localAddress());
      var events = new LinkedBlockingQueue<String>();
      ScriptedServer.connect(elsewhere, named, events);
      assertEquals("closed UNAVAILABLE", events.take());
      ScriptedServer.connect(elsewhere, unique, events);
      assertEquals("ready", events.take());
    }
  }
}

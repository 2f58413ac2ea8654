package grpc.testing.contract;

import static grpc.testing.contract.TransportPeers.ECHO;
import static grpc.testing.contract.TransportPeers.MAX_MESSAGE;
import static grpc.testing.contract.TransportPeers.OPTIONS;
import static grpc.testing.contract.TransportPeers.PATIENCE;
import static grpc.testing.contract.TransportPeers.RESPONSE;
import static grpc.testing.contract.TransportPeers.message;
import static grpc.testing.contract.TransportPeers.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamOptions;
import grpc.testing.contract.TransportPeers.Script;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests of a transport's streams: the part of {@link TransportContract} for one call. Authors
 * extend that one.
 */
@Timeout(60)
public interface StreamContract extends TransportUnderTest {
  /** The usual call: headers, message and end together. */
  @Test
  default void unaryRequestIsAnsweredWhole() throws Exception {
    Script answer =
        stream -> stream.respond(RESPONSE, stream.receive().orElseThrow(), Metadata.EMPTY);
    try (var peers = TransportPeers.serve(this, Dispatch.WHEN_WHOLE, answer);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS, message(1000));
      assertEquals(message(1000), stream.receive().orElseThrow());
      assertTrue(stream.receive().isEmpty());
      assertEquals(RESPONSE, stream.headers().orElseThrow());
      assertEquals(Status.OK, stream.end().status());
      assertTrue(peers.cancellations.isEmpty());
    }
  }

  /** Messages keep their borders, their order and their bytes, in both directions at once. */
  @Test
  default void messagesGoBothWays() throws Exception {
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      for (int size : List.of(0, 1, 1000, TransportPeers.LARGE, MAX_MESSAGE)) {
        assertTrue(stream.send(message(size)));
        assertEquals(message(size), stream.receive().orElseThrow());
      }
      stream.halfClose();
      assertTrue(stream.receive().isEmpty());
      assertEquals(Status.OK, stream.end().status());
      assertThrows(IllegalStateException.class, () -> stream.send(message(1)));
    }
  }

  /** Keys, order and bytes of metadata stay; names are compared by their text. */
  @Test
  default void metadataGoesBothWays() throws Exception {
    var sent =
        Metadata.of(TransportPeers.TEXT, "a text")
            .merged(Metadata.of(TransportPeers.BINARY, new byte[] {0, -1, 127}));
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(sent), OPTIONS);
      stream.halfClose();
      assertTrue(stream.receive().isEmpty());
      var trailers = stream.end().trailers();
      assertEquals("a text", trailers.find(TransportPeers.TEXT).orElseThrow());
      assertEquals(
          List.of((byte) 0, (byte) -1, (byte) 127),
          List.of(
              trailers.find(TransportPeers.BINARY).orElseThrow()[0],
              trailers.find(TransportPeers.BINARY).orElseThrow()[1],
              trailers.find(TransportPeers.BINARY).orElseThrow()[2]));
    }
  }

  /** A thread that waits for headers gets them when they come, even if one response is expected. */
  @Test
  default void headersComeBeforeTheHalfClose() throws Exception {
    var go = new CountDownLatch(1);
    Script greetThenRead =
        stream -> {
          go.await();
          stream.sendHeaders(RESPONSE);
          stream.send(stream.receive().orElseThrow());
          stream.close(Status.OK, Metadata.EMPTY);
        };
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, greetThenRead);
        var client = peers.connect()) {
      var options = StreamOptions.of(MAX_MESSAGE).withSingleResponse(true);
      var stream = client.transport.newStream(request(Metadata.EMPTY), options);
      var headers = new FutureTask<>(stream::headers);
      TransportPeers.awaitWaiting(Thread.startVirtualThread(headers));
      go.countDown();
      assertEquals(RESPONSE, headers.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).orElseThrow());
      assertTrue(stream.send(message(1000)));
      stream.halfClose();
      assertEquals(message(1000), stream.receive().orElseThrow());
      assertTrue(stream.receive().isEmpty());
      assertEquals(Status.OK, stream.end().status());
    }
  }

  /** A status needs neither headers nor messages. */
  @Test
  default void refusalHasAStatusAndNoHeaders() throws Exception {
    Script refuse = stream -> stream.close(Status.notFound("no such thing: ü"), Metadata.EMPTY);
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, refuse);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      assertTrue(stream.headers().isEmpty());
      var end = stream.end();
      assertEquals(StatusCode.NOT_FOUND, end.status().code());
      assertEquals("no such thing: ü", end.status().message());
      assertEquals(StreamEnd.Progress.PROCESSED, end.progress());
    }
  }

  /** A handler that needs only the headers answers a request that never ends. */
  @Test
  default void requestIsAnsweredByItsHeadersAlone() throws Exception {
    Script refuse = stream -> stream.close(Status.notFound("no such thing"), Metadata.EMPTY);
    try (var peers = TransportPeers.serve(this, Dispatch.INLINE_AT_HEADERS, refuse);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      assertEquals(StatusCode.NOT_FOUND, stream.end().status().code());
      assertEquals(StreamEnd.Progress.PROCESSED, stream.end().progress());
      assertFalse(stream.send(message(TransportPeers.LARGE)));
      var whole =
          client.transport.newStream(
              request(Metadata.EMPTY), OPTIONS, message(TransportPeers.LARGE));
      assertEquals(StatusCode.NOT_FOUND, whole.end().status().code());
      assertTrue(peers.cancellations.isEmpty());
    }
  }

  /** The client that cancels sees its own status; the handler is cancelled and its reading ends. */
  @Test
  default void clientCancels() throws Exception {
    var reading = new CountDownLatch(1);
    Script wait =
        stream -> {
          reading.countDown();
          var _ = stream.receive();
        };
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, wait);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      assertTrue(reading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      stream.cancel(Status.cancelled("enough"));
      assertEquals("enough", stream.end().status().message());
      assertNotNull(peers.cancellations.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  /** A server need not read all of a request; the sender learns that the call is over. */
  @Test
  default void serverEndsBeforeTheClientDoes() throws Exception {
    Script enough =
        stream -> {
          var _ = stream.receive();
          stream.close(Status.resourceExhausted("enough"), Metadata.EMPTY);
        };
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, enough);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      int sent = 0;
      while (sent < TransportPeers.MESSAGES_TOO_MANY
          && stream.send(message(TransportPeers.LARGE))) {
        sent++;
      }
      assertTrue(sent < TransportPeers.MESSAGES_TOO_MANY, "the sender is not stopped");
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, stream.end().status().code());
    }
  }

  /** A message over the reader's limit ends the stream before it is read. */
  @Test
  default void messageOverTheLimitEndsTheStream() throws Exception {
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      stream.send(message(MAX_MESSAGE + 1));
      stream.halfClose();
      assertTrue(stream.receive().isEmpty());
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, stream.end().status().code());
    }
  }

  /** A sender waits for a reader that does not read: the bytes on the way are limited. */
  @Test
  default void senderWaitsForTheReader() throws Exception {
    var read = new CountDownLatch(1);
    Script late =
        stream -> {
          read.await();
          ECHO.run(stream);
        };
    var sent = new AtomicInteger();
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, late);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      var sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (sent.get() < TransportPeers.MESSAGES_TOO_MANY
                      && stream.send(message(TransportPeers.LARGE))) {
                    sent.incrementAndGet();
                  }
                  stream.halfClose();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      TransportPeers.awaitWaiting(sender);
      assertTrue(
          sent.get() < TransportPeers.MESSAGES_TOO_MANY, "all is sent, and none of it is read");
      read.countDown();
      int received = 0;
      while (stream.receive().isPresent()) {
        received++;
      }
      assertEquals(TransportPeers.MESSAGES_TOO_MANY, received);
      assertEquals(Status.OK, stream.end().status());
    }
  }
}

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
import grpc.api.MetadataKey;
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
 * What the streams of a transport must hold: the part of {@link TransportContract} that looks at
 * one call. Authors extend that one.
 */
@Timeout(60)
public abstract class StreamContract extends WaitingContract {
  private static final MetadataKey<String> TEXT = MetadataKey.text("x-text");
  private static final MetadataKey<byte[]> BINARY = MetadataKey.binary("x-binary-bin");

  /** More than any transport may hold for a reader that does not read. */
  private static final int MESSAGES_TOO_MANY = 2000;

  private static final int LARGE = 64 * 1024;

  /** For the subclass. */
  protected StreamContract() {}

  /** The usual call: headers, message and end are one. */
  @Test
  public void unaryRequestIsAnsweredWhole() throws Exception {
    Script answer =
        stream -> stream.respond(RESPONSE, stream.receive().orElseThrow(), Metadata.EMPTY);
    try (var peers = serve(Dispatch.WHEN_WHOLE, answer);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS, message(1000));
      assertEquals(message(1000), stream.receive().orElseThrow());
      assertTrue(stream.receive().isEmpty());
      assertEquals(RESPONSE, stream.headers().orElseThrow());
      assertEquals(Status.OK, stream.end().status());
      assertTrue(peers.cancellations.isEmpty());
    }
  }

  /** Messages keep their borders, their order and their bytes, both ways at once. */
  @Test
  public void messagesGoBothWays() throws Exception {
    try (var peers = serve(Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      for (int size : List.of(0, 1, 1000, LARGE, MAX_MESSAGE)) {
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
  public void metadataGoesBothWays() throws Exception {
    var sent = Metadata.of(TEXT, "a text").merged(Metadata.of(BINARY, new byte[] {0, -1, 127}));
    try (var peers = serve(Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(sent), OPTIONS);
      stream.halfClose();
      assertTrue(stream.receive().isEmpty());
      var trailers = stream.end().trailers();
      assertEquals("a text", trailers.find(TEXT).orElseThrow());
      assertEquals(
          List.of((byte) 0, (byte) -1, (byte) 127),
          List.of(
              trailers.find(BINARY).orElseThrow()[0],
              trailers.find(BINARY).orElseThrow()[1],
              trailers.find(BINARY).orElseThrow()[2]));
    }
  }

  /** Who waits for headers has them as they come, where one response is expected, too. */
  @Test
  public void headersComeBeforeTheHalfClose() throws Exception {
    var go = new CountDownLatch(1);
    Script greetThenRead =
        stream -> {
          go.await();
          stream.sendHeaders(RESPONSE);
          stream.send(stream.receive().orElseThrow());
          stream.close(Status.OK, Metadata.EMPTY);
        };
    try (var peers = serve(Dispatch.AT_HEADERS, greetThenRead);
        var client = peers.connect()) {
      var options = StreamOptions.of(MAX_MESSAGE).withSingleResponse(true);
      var stream = client.transport.newStream(request(Metadata.EMPTY), options);
      var headers = new FutureTask<>(stream::headers);
      awaitWaiting(Thread.startVirtualThread(headers));
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
  public void refusalHasAStatusAndNoHeaders() throws Exception {
    Script refuse = stream -> stream.close(Status.notFound("no such thing: ü"), Metadata.EMPTY);
    try (var peers = serve(Dispatch.AT_HEADERS, refuse);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      assertTrue(stream.headers().isEmpty());
      var end = stream.end();
      assertEquals(StatusCode.NOT_FOUND, end.status().code());
      assertEquals("no such thing: ü", end.status().message());
      assertEquals(StreamEnd.Progress.PROCESSED, end.progress());
    }
  }

  /** A handler that needs the headers alone answers a request that never ends. */
  @Test
  public void requestIsAnsweredByItsHeadersAlone() throws Exception {
    Script refuse = stream -> stream.close(Status.notFound("no such thing"), Metadata.EMPTY);
    try (var peers = serve(Dispatch.INLINE_AT_HEADERS, refuse);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      assertEquals(StatusCode.NOT_FOUND, stream.end().status().code());
      assertEquals(StreamEnd.Progress.PROCESSED, stream.end().progress());
      assertFalse(stream.send(message(LARGE)));
      var whole = client.transport.newStream(request(Metadata.EMPTY), OPTIONS, message(LARGE));
      assertEquals(StatusCode.NOT_FOUND, whole.end().status().code());
      assertTrue(peers.cancellations.isEmpty());
    }
  }

  /** Whoever cancels sees its own status; the handler hears of it and its reading ends. */
  @Test
  public void clientCancels() throws Exception {
    var reading = new CountDownLatch(1);
    Script wait =
        stream -> {
          reading.countDown();
          var _ = stream.receive();
        };
    try (var peers = serve(Dispatch.AT_HEADERS, wait);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      assertTrue(reading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      stream.cancel(Status.cancelled("enough"));
      assertEquals("enough", stream.end().status().message());
      assertNotNull(peers.cancellations.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  /** A server need not read all of a request; whoever sends hears that it is over. */
  @Test
  public void serverEndsBeforeTheClientDoes() throws Exception {
    Script enough =
        stream -> {
          var _ = stream.receive();
          stream.close(Status.resourceExhausted("enough"), Metadata.EMPTY);
        };
    try (var peers = serve(Dispatch.AT_HEADERS, enough);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      int sent = 0;
      while (sent < MESSAGES_TOO_MANY && stream.send(message(LARGE))) {
        sent++;
      }
      assertTrue(sent < MESSAGES_TOO_MANY, "nobody tells the sender");
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, stream.end().status().code());
    }
  }

  /** A message over the reader's limit ends the stream before it is read. */
  @Test
  public void messageOverTheLimitEndsTheStream() throws Exception {
    try (var peers = serve(Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      stream.send(message(MAX_MESSAGE + 1));
      stream.halfClose();
      assertTrue(stream.receive().isEmpty());
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, stream.end().status().code());
    }
  }

  /** A sender waits for a reader that does not read: what is on the way has a bound. */
  @Test
  public void senderWaitsForTheReader() throws Exception {
    var read = new CountDownLatch(1);
    Script late =
        stream -> {
          read.await();
          ECHO.run(stream);
        };
    var sent = new AtomicInteger();
    try (var peers = serve(Dispatch.AT_HEADERS, late);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      var sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (sent.get() < MESSAGES_TOO_MANY && stream.send(message(LARGE))) {
                    sent.incrementAndGet();
                  }
                  stream.halfClose();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      awaitWaiting(sender);
      assertTrue(sent.get() < MESSAGES_TOO_MANY, "all is sent, and nobody has read any of it");
      read.countDown();
      int received = 0;
      while (stream.receive().isPresent()) {
        received++;
      }
      assertEquals(MESSAGES_TOO_MANY, received);
      assertEquals(Status.OK, stream.end().status());
    }
  }
}

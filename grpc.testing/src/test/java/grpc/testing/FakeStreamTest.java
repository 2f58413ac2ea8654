package grpc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.spi.transport.StreamOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FakeStreamTest {
  private static final RequestHeaders HEADERS =
      RequestHeaders.of(
          "/test.Calls/Chat",
          "backends",
          RequestHeaders.NO_TIMEOUT,
          "text",
          RequestHeaders.IDENTITY,
          "",
          Metadata.EMPTY);

  private final AtomicInteger ends = new AtomicInteger();
  private final FakeStream stream =
      new FakeStream(HEADERS, StreamOptions.of(100), ends::incrementAndGet);

  private static Message message(String text) {
    return new Message(false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void answersComeInTheirOrderAndThenTheEnd() throws Exception {
    stream.answers("a");
    stream.succeeds("b");
    stream.answers("too late");
    assertEquals(
        Optional.of(ResponseHeaders.of("text", RequestHeaders.IDENTITY, "", Metadata.EMPTY)),
        stream.headers());
    assertEquals(Optional.of(message("a")), stream.receive());
    assertEquals(Optional.of(message("b")), stream.receive());
    assertEquals(Optional.empty(), stream.receive());
    assertEquals(Status.OK, stream.end().status());
  }

  @Test
  void firstEndStandsAndIsToldOnce() throws Exception {
    var refused = StreamEnd.of(Status.unavailable("refused"), Metadata.EMPTY, Progress.UNPROCESSED);
    assertFalse(stream.hasEnded());
    stream.ends(refused.status(), Metadata.EMPTY, Progress.UNPROCESSED);
    stream.fails(Status.notFound("no"));
    assertEquals(refused, stream.end());
    assertEquals(refused.status(), stream.awaitEnd());
    assertTrue(stream.hasEnded());
    assertEquals(Optional.empty(), stream.headers());
    assertEquals(1, ends.get());
  }

  @Test
  void requestsAreSeenAndTakenAsATransportTakesThem() throws Exception {
    var first = message("1");
    assertTrue(stream.send(first));
    assertEquals(0, first.payload().remaining());
    assertTrue(stream.send(message("2")));
    assertEquals(List.of("1", "2"), stream.texts(2));
    assertEquals(message("2").payload(), stream.requests(2).getLast());
    stream.halfClose();
    stream.awaitHalfClose();
    assertThrows(IllegalStateException.class, () -> stream.send(message("3")));
  }

  @Test
  void cancelledStreamDropsWhatWasNotReadAndTakesNoMore() throws Exception {
    stream.answers("never read");
    stream.cancel(Status.cancelled("enough"));
    stream.cancel(Status.cancelled("again"));
    assertEquals(Optional.empty(), stream.receive());
    assertEquals(Status.cancelled("enough"), stream.end().status());
    assertEquals(
        List.of(Status.cancelled("enough"), Status.cancelled("again")), stream.cancellations());
    assertFalse(stream.send(message("1")));
  }

  @Test
  void cancelAfterTheEndDropsNothing() throws Exception {
    stream.succeeds("a");
    stream.cancel(Status.cancelled("too late"));
    assertEquals(Optional.of(message("a")), stream.receive());
    assertEquals(Status.OK, stream.end().status());
  }

  @Test
  void sendsWaitWhileTheyAreHeld() throws Exception {
    stream.holdSends();
    var sender = new FutureTask<>(() -> stream.send(message("1")));
    var thread = Thread.ofPlatform().start(sender);
    while (thread.getState() != Thread.State.WAITING) {
      assertFalse(thread.join(Duration.ofMillis(1)), "it did not wait");
    }
    stream.releaseSends();
    assertTrue(sender.get());
    assertEquals(List.of("1"), stream.texts(1));
  }

  @Test
  void headersComeOnce() {
    stream.answersHeaders();
    var second = ResponseHeaders.of("text", "gzip", "", Metadata.EMPTY);
    assertThrows(IllegalStateException.class, () -> stream.answersHeaders(second));
  }
}

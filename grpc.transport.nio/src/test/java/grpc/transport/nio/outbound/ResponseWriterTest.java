package grpc.transport.nio.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.Message;
import grpc.spi.transport.ResponseHeaders;
import grpc.transport.nio.flow.SendWindow;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.headers.ForeignAnswer;
import grpc.transport.nio.headers.ResponseBlock;
import grpc.transport.nio.headers.TrailersBlock;
import grpc.transport.nio.wire.FakeWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a server's answers become frames (PROTOCOL-HTTP2, Responses). */
class ResponseWriterTest {
  private static final String HEAD = "HEADERS 1 :status=200 content-type=application/grpc";
  private static final String ONLY =
      "HEADERS 1 END_STREAM :status=200 content-type=application/grpc";

  private static final Metadata LARGE = Metadata.of(MetadataKey.text("a"), "x".repeat(500));
  private static final Status LOST = Status.of(StatusCode.NOT_FOUND, "lost");

  private final FakeWire wire = new FakeWire();
  private final WriterLog log = new WriterLog();
  private final Output output = new Output(wire, Settings.SMALLEST_MAX_FRAME_SIZE);

  /** Keeps what is put: the loop has the role until it resumes. */
  private final Outbox outbox =
      new Writer(wire, Settings.DEFAULT, new StreamTable(), new PendingWindowUpdates(), log, log)
          .outbox();

  private final SendWindow connection = new SendWindow(1 << 20);
  private final StreamEnds ends = new StreamEnds(output, log, outbox);
  private final DataScheduler scheduler = new DataScheduler(output, connection, ends);
  private final ResponseWriter responses = responses(65_535, Settings.UNLIMITED);
  private final TestStream stream = new TestStream(1);

  /** What answers a client with this window for new streams and this limit of header lists. */
  private ResponseWriter responses(int initialWindow, long maxHeaderListSize) {
    var client =
        new Settings(
            4096,
            true,
            Settings.UNLIMITED,
            initialWindow,
            Settings.SMALLEST_MAX_FRAME_SIZE,
            maxHeaderListSize);
    var windows =
        new SendWindows(
            output,
            connection,
            scheduler,
            new StreamTable(),
            new PendingWindowUpdates(),
            log,
            outbox,
            client);
    return new ResponseWriter(output, scheduler, windows, ends, log, outbox);
  }

  private static ResponseBlock headers(Metadata metadata) {
    return new ResponseBlock(ResponseHeaders.of("").withMetadata(metadata));
  }

  private Command.Respond answer(Metadata headers, Status status, Metadata trailers) {
    return new Command.Respond(
        stream,
        headers(headers),
        new Message(false, ByteBuffer.allocate(10)),
        TrailersBlock.afterHeaders(status, trailers));
  }

  private Command.Respond answer() {
    return answer(Metadata.EMPTY, Status.OK, Metadata.EMPTY);
  }

  private Command.Trailers end(Status status, Metadata metadata, boolean dropQueued) {
    return new Command.Trailers(
        stream,
        TrailersBlock.afterHeaders(status, metadata),
        TrailersBlock.only("", status, metadata),
        dropQueued);
  }

  private List<String> frames() throws IOException {
    output.flush();
    return wire.frames();
  }

  /** Leaves no room; the buffer is not empty, so that it could be flushed first. */
  private void fill() {
    output.buffer().position(WriteBuffers.SIZE - 1);
  }

  @Test
  void anAnswerIsHeadersMessageTrailers() throws IOException {
    stream.remoteEnded = true;
    assertTrue(responses.respond(answer()));
    assertEquals(List.of(HEAD, "DATA 1 15", "HEADERS 1 END_STREAM grpc-status=0"), frames());
    assertEquals(List.of("localEnded 1"), log.told());
    assertEquals(65_535 - 15, stream.window.available());
    assertNull(outbox.takeAll());
  }

  /** RFC 9113 §8.1: one that wants no more of the request says NO_ERROR. */
  @Test
  void anAnswerBeforeTheClientHasHalfClosedEndsInReset() throws IOException {
    assertTrue(responses.respond(answer()));
    assertEquals(
        List.of(HEAD, "DATA 1 15", "HEADERS 1 END_STREAM grpc-status=0", "RST_STREAM 1 NO_ERROR"),
        frames());
    assertEquals(List.of("resetWritten 1"), log.told());
  }

  @Test
  void aMessageThatWaitsForItsWindowHoldsItsTrailers() throws IOException {
    stream.remoteEnded = true;
    assertTrue(responses(8, Settings.UNLIMITED).respond(answer()));
    assertTrue(scheduler.serve());
    assertEquals(List.of(HEAD, "DATA 1 8"), frames());
    stream.window.add(7);
    scheduler.add(stream);
    assertTrue(scheduler.serve());
    assertEquals(List.of("DATA 1 7", "HEADERS 1 END_STREAM grpc-status=0"), frames());
    assertEquals(List.of("localEnded 1"), log.told());
  }

  @Test
  void anAnswerWithoutRoomWaits() throws IOException {
    fill();
    assertFalse(responses.respond(answer()));
    assertFalse(responses.headers(new Command.Headers(stream, headers(Metadata.EMPTY))));
    assertFalse(responses.trailers(end(LOST, Metadata.EMPTY, false)));
    assertFalse(responses.reject(new Command.RejectRequest(1, ForeignAnswer.of(405), false)));
    assertNull(stream.queueHead);
    assertFalse(stream.headersWritten);
    assertEquals(List.of(), log.told());
    output.buffer().clear();
    assertTrue(responses.respond(answer()));
    assertEquals(4, frames().size(), "nothing had happened");
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void aCallThatIsOverGetsNoAnswer(boolean finished, boolean endWritten) throws IOException {
    stream.finished = finished;
    stream.endWritten = endWritten;
    fill(); // not even room is needed
    assertTrue(responses.respond(answer()));
    assertTrue(responses.headers(new Command.Headers(stream, headers(Metadata.EMPTY))));
    assertTrue(responses.trailers(end(LOST, Metadata.EMPTY, true)));
    output.buffer().clear();
    assertEquals(List.of(), frames());
    assertEquals(List.of(), log.told());
  }

  @Test
  void trailersAreTrailersOnlyUntilHeadersAreWritten() throws IOException {
    stream.remoteEnded = true;
    assertTrue(responses.trailers(end(LOST, Metadata.EMPTY, false)));
    assertEquals(List.of(ONLY + " grpc-status=5 grpc-message=lost"), frames());
  }

  @Test
  void trailersFollowHeaders() throws IOException {
    stream.remoteEnded = true;
    assertTrue(responses.headers(new Command.Headers(stream, headers(Metadata.EMPTY))));
    assertEquals(List.of(HEAD), frames());
    assertTrue(responses.trailers(end(LOST, Metadata.EMPTY, false)));
    assertEquals(List.of("HEADERS 1 END_STREAM grpc-status=5 grpc-message=lost"), frames());
  }

  @Test
  void trailersFollowMessagesThatWait() throws IOException {
    stream.remoteEnded = true;
    responses(0, Settings.UNLIMITED).headers(new Command.Headers(stream, headers(Metadata.EMPTY)));
    stream.withMessage(10, false);
    assertTrue(responses.trailers(end(LOST, Metadata.EMPTY, false)));
    assertTrue(scheduler.serve());
    assertEquals(List.of(HEAD), frames());
    stream.window.add(15);
    scheduler.add(stream);
    scheduler.serve();
    assertEquals(
        List.of("DATA 1 15", "HEADERS 1 END_STREAM grpc-status=5 grpc-message=lost"), frames());
  }

  /** A call that was cut off: messages that wait are moot, and the client is told to stop. */
  @Test
  void aCutOffAnswerDropsWhatWaits() throws IOException {
    responses(0, Settings.UNLIMITED).headers(new Command.Headers(stream, headers(Metadata.EMPTY)));
    stream.withMessage(10, false);
    assertEquals(15, stream.waiting());
    assertTrue(responses.trailers(end(LOST, Metadata.EMPTY, true)));
    assertEquals(
        List.of(
            HEAD, "HEADERS 1 END_STREAM grpc-status=5 grpc-message=lost", "RST_STREAM 1 CANCEL"),
        frames());
    assertEquals(0, stream.waiting());
  }

  /** RFC 9113 §6.5.2: what the client would not take is not sent. */
  @Test
  void headersBeyondTheClientsLimitEndTheCall() throws IOException {
    stream.remoteEnded = true;
    assertTrue(responses(65_535, 300).respond(answer(LARGE, Status.OK, Metadata.EMPTY)));
    assertEquals(
        List.of(
            ONLY
                + " grpc-status=8 grpc-message=the response's headers of 635 bytes are larger than"
                + " the client's limit of 300 bytes"),
        frames());
    assertEquals(List.of("localEnded 1"), log.told());
  }

  @Test
  void trailersOfSuccessBeyondTheLimitBecomeAFailure() throws IOException {
    stream.remoteEnded = true;
    assertTrue(responses(65_535, 300).respond(answer(Metadata.EMPTY, Status.OK, LARGE)));
    assertEquals(
        List.of(
            HEAD,
            "DATA 1 15",
            "HEADERS 1 END_STREAM grpc-status=8 grpc-message=the response's trailers of 577 bytes"
                + " are larger than the client's limit of 300 bytes"),
        frames());
  }

  /** {@code grpc-status} takes 44 bytes, {@code grpc-message} 44 and its value. */
  @ParameterizedTest
  @CsvSource({"108, 12345678901234567890", "107, 12345678901 [cut]", "96, %20[cut]"})
  void aFailureBeyondTheLimitKeepsItsCode(int limit, String message) throws IOException {
    stream.remoteEnded = true;
    stream.markHeadersWritten();
    var status = Status.of(StatusCode.NOT_FOUND, "12345678901234567890");
    assertTrue(responses(65_535, limit).trailers(end(status, Metadata.EMPTY, false)));
    assertEquals(List.of("HEADERS 1 END_STREAM grpc-status=5 grpc-message=" + message), frames());
  }

  /** Not even the mark has room: the short block that says so is sent whatever its size. */
  @Test
  void belowThatAFailureIsToldInShort() throws IOException {
    stream.remoteEnded = true;
    stream.markHeadersWritten();
    assertTrue(responses(65_535, 91).trailers(end(LOST, Metadata.EMPTY, false)));
    assertEquals(
        List.of(
            "HEADERS 1 END_STREAM grpc-status=8 grpc-message=the response's trailers of 92 bytes"
                + " are larger than the client's limit of 91 bytes"),
        frames());
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aRejectedRequestIsAnswered(boolean reset) throws IOException {
    var command =
        new Command.RejectRequest(7, TrailersBlock.rejected(400, Status.internal("why")), reset);
    assertTrue(responses.reject(command));
    assertEquals(
        List.of(
            "HEADERS 7 END_STREAM :status=400 content-type=application/grpc grpc-status=13"
                + " grpc-message=why"),
        frames());
    if (reset) { // and is counted as provoked until RST_STREAM is framed
      var next = assertInstanceOf(Command.ResetUnknownStream.class, outbox.takeAll());
      assertEquals(7, next.streamId);
      assertEquals(List.of(), log.told());
    } else {
      assertNull(outbox.takeAll());
      assertEquals(List.of("provokedFramed"), log.told());
    }
  }
}

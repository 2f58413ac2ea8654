package grpc.transport.nio.outbound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.transport.nio.flow.SendWindow;
import grpc.transport.nio.frame.FrameWriter;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.headers.TrailersBlock;
import grpc.transport.nio.wire.FakeWire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which stream sends how much next (RFC 9113 §6.9, flow control; §4.2, frame size). */
@Timeout(60)
class DataSchedulerTest {
  private static final int MAX_FRAME = Settings.SMALLEST_MAX_FRAME_SIZE;
  private static final int MUCH = 1 << 20;

  private final FakeWire wire = new FakeWire();
  private final WriterLog log = new WriterLog();

  /** Its outbox keeps what is put: the loop has the role until it resumes. */
  private final Outbox outbox =
      new Writer(wire, Settings.DEFAULT, new StreamTable(), new PendingWindowUpdates(), log, log)
          .outbox();

  private final Output output = new Output(wire, MAX_FRAME);
  private SendWindow connection = new SendWindow(MUCH);
  private DataScheduler scheduler = scheduler();

  private DataScheduler scheduler() {
    return new DataScheduler(output, connection, new StreamEnds(output, log, outbox));
  }

  private List<String> frames() throws IOException {
    output.flush();
    return wire.frames();
  }

  /**
   * Streams as {@code id:window:queue}; in a queue a number is the body of a message, behind five
   * bytes of prefix, one with {@code !} also has END_STREAM, which is {@code -} alone; {@code T} is
   * trailers.
   */
  private List<TestStream> add(String streams) {
    var added = new ArrayList<TestStream>();
    for (String text : streams.split(" ")) {
      String[] parts = text.split(":");
      var stream =
          new TestStream(Integer.parseInt(parts[0])).withWindow(Integer.parseInt(parts[1]));
      stream.remoteEnded = true;
      for (String queued : parts[2].split(",")) {
        switch (queued) {
          case "-" -> stream.enqueue(new Command.Data(stream, null, true));
          case "T" -> {
            var block = TrailersBlock.afterHeaders(Status.OK, Metadata.EMPTY);
            stream.enqueue(new Command.Trailers(stream, block, block, false));
          }
          default ->
              stream.withMessage(Integer.parseInt(queued.replace("!", "")), queued.endsWith("!"));
        }
      }
      scheduler.add(stream);
      added.add(stream);
    }
    return added;
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        // connection's window, largest frame, streams -> frames
        "1000; 16384; 1:1000:10 -> DATA 1 15",
        "1000; 16384; 1:1000:10! -> DATA 1 15 END_STREAM",
        "1000; 16384; 1:1000:0 -> DATA 1 5",
        "1000; 16384; 1:1000:10,20! -> DATA 1 15, DATA 1 25 END_STREAM",
        // END_STREAM alone needs no window (§6.9.1), nor do trailers
        "0; 16384; 1:0:- -> DATA 1 0 END_STREAM",
        "0; 16384; 1:0:T -> HEADERS 1 END_STREAM grpc-status=0",
        "15; 16384; 1:15:10,- -> DATA 1 15, DATA 1 0 END_STREAM",
        "15; 16384; 1:15:10,T -> DATA 1 15, HEADERS 1 END_STREAM grpc-status=0",
        // in turn, a frame each
        "1000; 16384; 1:100:10,10 3:100:20,20 -> DATA 1 15, DATA 3 25, DATA 1 15, DATA 3 25",
        "1000; 8; 1:100:15 3:100:3 -> DATA 1 8, DATA 3 8, DATA 1 8, DATA 1 4",
        // the end goes with the last frame
        "1000; 16384; 1:100:10,- 3:100:1 -> DATA 1 15, DATA 1 0 END_STREAM, DATA 3 6",
        "1000; 16384; 1:100:10,T 3:100:1 -> DATA 1 15, HEADERS 1 END_STREAM grpc-status=0, DATA 3"
            + " 6",
        // the largest frame (§4.2)
        "1000; 20; 1:100:15! -> DATA 1 20 END_STREAM",
        "1000; 19; 1:100:15! -> DATA 1 19, DATA 1 1 END_STREAM",
        // a stream's window holds up that stream alone (§6.9)
        "1000; 16384; 1:12:10 3:100:1 -> DATA 1 12, DATA 3 6",
        "1000; 16384; 1:0:10 3:100:1 -> DATA 3 6",
        // the connection's holds up all
        "20; 16384; 1:100:10 3:100:10 -> DATA 1 15, DATA 3 5",
        "0; 16384; 1:100:10 3:100:10 -> ''",
      })
  void whatIsSent(String given, String frames) throws IOException {
    String[] parts = given.split("; ");
    connection = new SendWindow(Integer.parseInt(parts[0]));
    scheduler = scheduler();
    output.maxFrameSize(Integer.parseInt(parts[1]));
    add(parts[2]);
    assertTrue(scheduler.serve());
    assertEquals(frames, String.join(", ", frames()));
    assertTrue(scheduler.serve(), "again");
    assertEquals(List.of(), frames());
  }

  @Test
  void aStreamGoesOnWithItsWindow() throws IOException {
    var stream = add("1:3:10!").getFirst();
    var seen = new ArrayList<String>();
    for (int more : new int[] {0, 1, 3, 100}) { // the first two cut the message's prefix
      stream.window.add(more);
      scheduler.add(stream);
      assertTrue(scheduler.serve());
      seen.addAll(frames());
    }
    assertEquals(List.of("DATA 1 3", "DATA 1 1", "DATA 1 3", "DATA 1 8 END_STREAM"), seen);
    assertArrayEquals(new byte[] {0, 0, 0, 0, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, wire.data());
    assertEquals(92, stream.window.available());
    assertEquals(MUCH - 15, connection.available());
  }

  /** The stream that met the end of the connection's window is the next, not the last. */
  @Test
  void theConnectionGoesOnWhereItStopped() throws IOException {
    connection = new SendWindow(20);
    scheduler = scheduler();
    add("1:100:10,10 3:100:10");
    scheduler.serve();
    assertEquals(List.of("DATA 1 15", "DATA 3 5"), frames());
    connection.add(12);
    assertTrue(scheduler.serve());
    assertEquals(List.of("DATA 1 12"), frames(), "stream 1 was in turn behind 3");
    connection.add(100);
    assertTrue(scheduler.serve());
    assertEquals(List.of("DATA 3 10", "DATA 1 3"), frames());
  }

  @Test
  void aFullBufferIsGoneOnWithOnceItIsFlushed() throws IOException {
    add("1:100000:70000!");
    assertFalse(scheduler.serve());
    assertEquals(
        List.of("DATA 1 16384", "DATA 1 16384", "DATA 1 16384", "DATA 1 16384", "DATA 1 4051"),
        frames());
    assertTrue(scheduler.serve());
    assertEquals(List.of("DATA 1 418 END_STREAM"), frames());
  }

  @ParameterizedTest
  @CsvSource({
    // room behind a frame's header, bytes of a message with its prefix, whether a frame is written
    "255, 256, false", // not worth a frame
    "256, 257, true",
    "255, 255, true", // all that there is
    "5, 5, true",
    "4, 5, false",
  })
  void littleRoomIsLeft(int room, int size, boolean written) throws IOException {
    output.buffer().position(WriteBuffers.SIZE - FrameWriter.HEADER_SIZE - room);
    int before = output.room();
    var stream = new TestStream(1).withWindow(MUCH).withMessage(size - 5, false);
    scheduler.add(stream);
    assertEquals(written && size <= room, scheduler.serve());
    assertEquals(written, output.room() < before);
  }

  @Test
  void theEndIsToldOnce() throws IOException {
    add("1:100:10!");
    scheduler.serve();
    assertEquals(List.of("localEnded 1"), log.told());
    assertEquals(List.of("DATA 1 15 END_STREAM"), frames());
  }

  @Test
  void aSenderGetsItsQuotaBackFrameByFrame() throws IOException {
    var stream = add("1:8:10").getFirst();
    assertEquals(15, stream.waiting());
    scheduler.serve();
    assertEquals(7, stream.waiting());
    assertEquals(List.of("DATA 1 8"), frames());
  }

  @Test
  void aStreamThatHasFinishedSendsNothingMore() throws IOException {
    var streams = add("1:100:10 3:100:10 5:100:10");
    streams.get(1).finished = true;
    assertTrue(scheduler.serve());
    assertEquals(List.of("DATA 1 15", "DATA 5 15"), frames());
    assertEquals(0, streams.get(1).waiting(), "its sender gets the quota back");
  }

  @Test
  void dropFinishedKeepsTheOthersInTheirOrder() throws IOException {
    var streams = add("1:100:10 3:100:10 5:100:10 7:100:10");
    streams.get(0).finished = true;
    streams.get(2).finished = true;
    scheduler.dropFinished();
    assertEquals(List.of(0, 15, 0, 15), streams.stream().map(TestStream::waiting).toList());
    assertEquals(List.of(), frames());
    scheduler.serve();
    assertEquals(List.of("DATA 3 15", "DATA 7 15"), frames());
  }

  @Test
  void aStreamIsInTurnOnce() throws IOException {
    var streams = add("1:100:10,10 3:100:10");
    scheduler.add(streams.getFirst());
    scheduler.add(new TestStream(5)); // has nothing queued
    scheduler.serve();
    assertEquals(List.of("DATA 1 15", "DATA 3 15", "DATA 1 15"), frames());
  }

  @ParameterizedTest
  @CsvSource({
    // stream's window, connection's, largest frame, room and room behind it, whether it is written
    "15, 15, 15, 24, 0, true",
    "14, 15, 15, 24, 0, false",
    "15, 14, 15, 24, 0, false",
    "15, 15, 14, 24, 0, false",
    "15, 15, 15, 23, 0, false",
    "15, 15, 15, 30, 6, true",
    "15, 15, 15, 30, 7, false",
  })
  void aMessageOfTenBytesIsWrittenNow(
      int window, int connections, int frame, int room, int more, boolean written) {
    connection = new SendWindow(connections);
    scheduler = scheduler();
    output.maxFrameSize(frame);
    output.buffer().position(WriteBuffers.SIZE - room);
    var stream = new TestStream(1).withWindow(window);
    assertEquals(written, scheduler.writeNow(stream, stream.message(10, false), more));
    assertEquals(written ? room - 24 : room, output.room());
    assertEquals(written ? window - 15 : window, stream.window.available());
  }

  @Test
  void whatWaitsIsNotOvertaken() {
    var stream = add("1:100:10").getFirst();
    assertFalse(scheduler.writeNow(stream, stream.message(1, false), 0));
    assertFalse(scheduler.writeNow(new TestStream(3), stream.message(1, false), 0), "no window");
  }
}

package grpc.transport.nio.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.wire.FakeWire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams that wait for the peer's MAX_CONCURRENT_STREAMS. */
class StreamOpenerTest {
  private static final Settings ONE_STREAM =
      new Settings(4096, true, 1, 65_535, Settings.SMALLEST_MAX_FRAME_SIZE, Settings.UNLIMITED);

  private static final Settings MANY_STREAMS =
      new Settings(4096, true, 100, 65_535, Settings.SMALLEST_MAX_FRAME_SIZE, Settings.UNLIMITED);

  private final StreamTable streams = new StreamTable();
  private final WriterLog log = new WriterLog();
  private final Writer writer = writer(ONE_STREAM, 1);

  @Test
  void aStreamThatEndsWhileAnotherBeginsToWaitIsSeen() {
    var first = open(writer);
    // The first is open when the opener looks, and has ended before the opener says that a call
    // waits: the thread that ended it saw no call waiting, and puts no command.
    var second =
        new Call() {
          private int looks;

          @Override
          protected boolean finished() {
            if (++looks == 2) {
              streams.remove(first);
            }
            return false;
          }
        };
    put(writer, second);
    assertSame(second, streams.find(3));
    assertFalse(writer.opensWaiting());
  }

  @Test
  void aStreamWaitsUntilOneHasEnded() {
    var first = open(writer);
    var second = open(writer);
    assertEquals(1, writer.lastOpenedId());
    assertTrue(writer.opensWaiting());
    streams.remove(first);
    writer.outbox().put(new Command.StreamEnded());
    assertSame(second, streams.find(3));
    assertEquals(3, writer.lastOpenedId());
    assertFalse(writer.opensWaiting());
  }

  @Test
  void atThreeQuartersOfTheIdsANewConnectionIsDue() {
    int id = Integer.MAX_VALUE / 4 * 3 - 2;
    var late = writer(MANY_STREAMS, id);
    open(late);
    assertEquals(List.of(), log.told());
    open(late);
    open(late);
    assertEquals(List.of("idsUsedUp"), log.told());
    assertEquals(id + 4, late.lastOpenedId(), "calls go on until another connection is there");
  }

  @Test
  void whenTheIdsAreUsedUpCallsFailAsNotSent() {
    var last = writer(MANY_STREAMS, Integer.MAX_VALUE);
    assertTrue(open(last).failures.isEmpty());
    var call = open(last);
    assertEquals(List.of(Progress.NOT_SENT), call.failures);
    assertEquals(1, streams.size());
  }

  private Writer writer(Settings settings, int firstStreamId) {
    var made =
        new Writer(
            new FakeWire(), settings, streams, new PendingWindowUpdates(), log, log, firstStreamId);
    made.outbox().resume();
    return made;
  }

  private static Call open(Writer writer) {
    var call = new Call();
    put(writer, call);
    return call;
  }

  private static void put(Writer writer, Call call) {
    writer.outbox().put(new Command.Open(call, new NoFields(), null));
  }

  private static class Call extends SilentStream {
    final List<Progress> failures = new ArrayList<>();

    @Override
    public void fail(Status cause, Progress progress) {
      failures.add(progress);
    }
  }
}

package grpc.transport.nio.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.wire.Loop;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Streams that wait for the peer's MAX_CONCURRENT_STREAMS. */
class StreamOpenerTest {
  private static final Settings ONE_STREAM =
      new Settings(4096, true, 1, 65_535, Settings.SMALLEST_MAX_FRAME_SIZE, Settings.UNLIMITED);

  private final Events events = new Events();
  private final Writer writer = new Writer(new Sink(), ONE_STREAM, events);

  private void open() {
    open(writer);
  }

  @Test
  void aStreamThatEndsWhileAnotherBeginsToWaitIsSeen() {
    writer.outbox().resume();
    // One is open when the writer looks first, and has ended before it says that a call waits: who
    // ended it saw nobody waiting, and tells nobody.
    events.openStreams.addAll(List.of(1, 0));
    open();
    assertEquals(1, events.opened);
  }

  @Test
  void aStreamWaitsUntilOneHasEnded() {
    writer.outbox().resume();
    events.openStreams.addAll(List.of(1, 1));
    open();
    assertEquals(0, events.opened);
    assertTrue(writer.opensWaiting());
    writer.outbox().put(new Command.StreamEnded());
    assertEquals(1, events.opened);
    assertFalse(writer.opensWaiting());
  }

  @Test
  void atThreeQuartersOfTheIdsANewConnectionIsDue() {
    var late = writer(Integer.MAX_VALUE / 4 * 3 - 2);
    open(late);
    assertEquals(0, events.idsUsedUp);
    open(late);
    open(late);
    assertEquals(1, events.idsUsedUp);
    assertEquals(3, events.opened, "calls go on until another connection is there");
  }

  @Test
  void whenTheIdsAreUsedUpCallsFailAsNotSent() {
    var last = writer(Integer.MAX_VALUE);
    assertTrue(open(last).failures.isEmpty());
    var call = open(last);
    assertEquals(List.of(Progress.NOT_SENT), call.failures);
    assertEquals(1, events.opened);
  }

  private Writer writer(int firstStreamId) {
    var made = new Writer(new Sink(), ONE_STREAM, events, firstStreamId);
    made.outbox().resume();
    return made;
  }

  private static Call open(Writer writer) {
    var call = new Call();
    writer.outbox().put(new Command.Open(call, new NoFields(), null));
    return call;
  }

  private static final class Call extends SilentStream {
    final List<Progress> failures = new ArrayList<>();

    @Override
    public void fail(Status cause, Progress progress) {
      failures.add(progress);
    }
  }

  /** Answers with the numbers of open streams that a test gives; then with none. */
  private static final class Events implements WriterEvents {
    final List<Integer> openStreams = new ArrayList<>();
    int opened;
    int idsUsedUp;

    @Override
    public void opened(OutboundStream stream) {
      opened++;
    }

    @Override
    public void localEnded(OutboundStream stream) {}

    @Override
    public void resetWritten(OutboundStream stream) {}

    @Override
    public int openStreams() {
      return openStreams.isEmpty() ? 0 : openStreams.removeFirst();
    }

    @Override
    public void forEachStream(Consumer<OutboundStream> action) {}

    @Override
    public long takePeerWindow() {
      return 0;
    }

    @Override
    public int takeWindowCredit() {
      return 0;
    }

    @Override
    public void provokedFramed() {}

    @Override
    public void violated(ErrorCode code, String message) {}

    @Override
    public void madeToReset(OutboundStream stream, Status cause) {}

    @Override
    public void idsUsedUp() {
      idsUsedUp++;
    }

    @Override
    public void outputShutDown(Status cause) {}

    @Override
    public void closed(Status cause) {}

    @Override
    public boolean othersInFlight() {
      return false;
    }

    @Override
    public boolean insideReadPass() {
      return false;
    }
  }

  /** Takes everything. */
  private static final class Sink implements Wire {
    @Override
    public Loop loop() {
      throw new AssertionError("no loop is needed");
    }

    @Override
    public SocketAddress remoteAddress() {
      throw new AssertionError("no address");
    }

    @Override
    public SocketAddress localAddress() {
      throw new AssertionError("no address");
    }

    @Override
    public int write(ByteBuffer out) throws IOException {
      int count = out.remaining();
      out.position(out.limit());
      return count;
    }

    @Override
    public void awaitWritable() {}

    @Override
    public void writableSeen() {}

    @Override
    public void reading(boolean on) {}

    @Override
    public void shutdownOutput() {}

    @Override
    public void again() {
      throw new AssertionError("there is memory");
    }

    @Override
    public void fail(Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void close() {}
  }
}

package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.spi.transport.StreamEnd.Progress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Opens streams: assigns ids, keeps the peer's MAX_CONCURRENT_STREAMS (RFC 9113 §5.1.2), and fails
 * calls that wait when GOAWAY comes. Client only; owned by the writer, except {@link #isWaiting}
 * and {@link #lastOpenedId}.
 */
final class StreamOpener {
  private static final int LAST_STREAM_ID = Integer.MAX_VALUE;

  /**
   * The id from which a new connection is due: three quarters of all; odd, like all ids of a
   * client.
   */
  private static final int LATE_STREAM_ID = LAST_STREAM_ID / 4 * 3;

  private final Output output;
  private final SendWindows windows;
  private final DataScheduler scheduler;
  private final StreamTable streams;
  private final WriterRole role;
  private final Outbox outbox;
  private final ArrayDeque<Command.Open> waiting = new ArrayDeque<>();
  private volatile boolean isWaiting;
  private int cancelledWhileWaiting;
  private int nextStreamId;
  private volatile int lastOpenedId;
  private @Nullable Status goneAway;

  StreamOpener(
      Output output,
      SendWindows windows,
      DataScheduler scheduler,
      StreamTable streams,
      WriterRole role,
      Outbox outbox,
      int firstStreamId) {
    this.nextStreamId = firstStreamId;
    this.output = output;
    this.windows = windows;
    this.scheduler = scheduler;
    this.streams = streams;
    this.role = role;
    this.outbox = outbox;
  }

  /** {@return whether calls wait for a stream to end} Any thread. */
  boolean isWaiting() {
    return isWaiting;
  }

  /** {@return the highest id of an opened stream, or 0} Any thread. */
  int lastOpenedId() {
    return lastOpenedId;
  }

  /** {@return false when there is no room; then it has no effect} */
  boolean open(Command.Open c) {
    if (c.stream.finished()) {
      return true; // cancelled before it began: no frame is sent
    }
    Status gone = goneAway;
    if (gone != null) {
      c.stream.fail(gone, Progress.NOT_SENT);
      return true;
    }
    if (waiting.isEmpty() && mayOpen()) {
      return openNow(c);
    }
    waiting.add(c);
    isWaiting = true; // then check again: a stream that ended before this saw no call waiting
    if (!openWaiting()) {
      outbox.put(new Command.StreamEnded());
    }
    return true;
  }

  private boolean mayOpen() {
    return streams.size() < windows.peer().maxConcurrentStreams();
  }

  private boolean openNow(Command.Open c) {
    if (!output.hasRoomForHeaders(c.headers)) {
      return false;
    }
    OutboundStream stream = c.stream;
    long limit = windows.peer().maxHeaderListSize();
    if (c.headers.isLargerThan(limit)) { // RFC 9113 §6.5.2
      stream.fail(
          Status.resourceExhausted(
              "the request's headers of %d bytes are larger than the server's limit of %d bytes"
                  .formatted(c.headers.listSize(), limit)),
          Progress.PROCESSED); // another attempt would fail, too
      return true;
    }
    if (nextStreamId < 0) {
      stream.fail(Status.unavailable("the connection's stream ids are used up"), Progress.NOT_SENT);
      return true;
    }
    stream.id = nextStreamId;
    nextStreamId += 2; // negative once the last id is used
    if (stream.id == LATE_STREAM_ID) {
      role.idsUsedUp();
    }
    windows.attach(stream);
    streams.put(stream); // before its HEADERS leave
    lastOpenedId = stream.id;
    output.headers(stream.id, c.headers, false);
    Command.Data only = c.only;
    if (only != null && !scheduler.writeNow(stream, only, 0)) {
      stream.enqueue(only);
    }
    scheduler.add(stream); // also for messages put while it waited
    return true;
  }

  /**
   * Opens waiting calls, as far as the peer allows.
   *
   * @return false when there is no room; call it again later
   */
  boolean openWaiting() {
    for (Command.Open c = waiting.peek(); c != null; c = waiting.peek()) {
      if (!c.stream.finished()) {
        if (!mayOpen()) {
          return true;
        }
        if (!openNow(c)) {
          return false;
        }
      }
      waiting.remove();
    }
    isWaiting = false;
    return true;
  }

  /** A stream without an id was cancelled. */
  void cancelled() {
    if (!waiting.isEmpty() && ++cancelledWhileWaiting > waiting.size() / 2) {
      waiting.removeIf(c -> c.stream.finished()); // else they pile up while no stream ends
      cancelledWhileWaiting = 0;
    }
  }

  /** Drops calls that ended while they waited. */
  void dropFinished() {
    waiting.removeIf(c -> c.stream.finished());
    cancelledWhileWaiting = 0;
  }

  /**
   * The peer sent GOAWAY: waiting calls end as not sent, and calls with a later id as not
   * processed.
   */
  void peerWentAway(Command.PeerWentAway c) {
    goneAway = c.cause;
    streams.forEach(stream -> {
      if (stream.id > c.lastStreamId) {
        stream.fail(c.cause, Progress.UNPROCESSED);
        role.resetWritten(stream);
      }
    });
    fail(c.cause);
  }

  /** Fails all waiting calls; may be called again if it throws. */
  void fail(Status cause) {
    for (Command.Open c = waiting.peek(); c != null; c = waiting.peek()) {
      c.stream.fail(cause, Progress.NOT_SENT);
      waiting.remove();
    }
    isWaiting = false;
  }
}

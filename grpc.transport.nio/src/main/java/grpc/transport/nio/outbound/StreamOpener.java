package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.spi.transport.StreamEnd.Progress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Opens streams: gives ids, counts against the peer's MAX_CONCURRENT_STREAMS (RFC 9113 §5.1.2), and
 * fails what waits behind a GOAWAY. Client only; owned by the writer, but for {@link #isWaiting}
 * and {@link #lastOpenedId}.
 */
final class StreamOpener {
  private static final int LAST_STREAM_ID = Integer.MAX_VALUE;

  /** Past three quarters of the ids a new connection is due; odd, as ids of a client are. */
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

  /** {@return the highest id that was given to a stream, or 0} Any thread. */
  int lastOpenedId() {
    return lastOpenedId;
  }

  /** {@return false when there is no room; nothing has happened then} */
  boolean open(Command.Open c) {
    if (c.stream.finished()) {
      return true; // cancelled before it began: leaves no trace
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
    isWaiting = true; // then look again: a stream that ended before saw no call waiting
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
          Progress.PROCESSED); // another try would be in vain
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
    scheduler.add(stream); // also for messages that were put while it waited
    return true;
  }

  /**
   * Opens what waits, as far as the peer allows.
   *
   * @return false when there is no room; what was opened is not in the way of another try
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

  /** A stream was cancelled that has no id. */
  void cancelled() {
    if (!waiting.isEmpty() && ++cancelledWhileWaiting > waiting.size() / 2) {
      waiting.removeIf(c -> c.stream.finished()); // else they pile up while nothing ends
      cancelledWhileWaiting = 0;
    }
  }

  /** Drops calls that ended while they waited. */
  void dropFinished() {
    waiting.removeIf(c -> c.stream.finished());
    cancelledWhileWaiting = 0;
  }

  /** The peer went away: what waits is not sent, what has a later id is not processed. */
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

  /** Fails all that waits; may be called again if it throws. */
  void fail(Status cause) {
    for (Command.Open c = waiting.peek(); c != null; c = waiting.peek()) {
      c.stream.fail(cause, Progress.NOT_SENT);
      waiting.remove();
    }
    isWaiting = false;
  }
}

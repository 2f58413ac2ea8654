package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.flow.SendWindow;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.FrameWriter;
import grpc.transport.nio.frame.Preface;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns commands into frames. All its fields belong to whoever holds the outbox's writer role: the
 * HPACK encoder, stream ids, send windows, stream queues, and the peer's settings.
 */
public final class Writer implements Outbox.Role {
  /** Bytes after which the loop goes on writing, so that no handler writes for others for long. */
  private static final int BUDGET = 64 * 1024;

  /** Room that every control frame fits into. */
  private static final int CONTROL_ROOM = 512;

  private static final int MAX_DEBUG = 256;
  private static final int LAST_STREAM_ID = Integer.MAX_VALUE;

  private final Outbox outbox;
  private final Wire wire;
  private final WriterEvents events;
  private final Output output;
  private final SendWindow connectionWindow;
  private final DataRing ring;

  private Settings peer = Settings.DEFAULT;
  private @Nullable Command backlog;
  private @Nullable Command backlogTail;
  private final ArrayDeque<Command.Open> waiting = new ArrayDeque<>();
  private volatile boolean opensWaiting;
  private int nextStreamId = 1;
  private @Nullable Status goneAway;
  private Command.@Nullable Farewell farewell;
  private boolean saidFarewell;

  /** A writer that has the role with the loop until {@link Outbox#resume}. */
  public Writer(Wire wire, Settings assumed, WriterEvents events) {
    this.wire = wire;
    this.events = events;
    this.peer = assumed;
    this.output = new Output(wire, assumed.maxFrameSize());
    this.connectionWindow = new SendWindow(Settings.DEFAULT.initialWindowSize());
    this.ring = new DataRing(output, connectionWindow, this::ended);
    this.outbox = new Outbox(this);
  }

  /** {@return where commands are put} */
  public Outbox outbox() {
    return outbox;
  }

  /** {@return whether calls wait for a stream to end} Any thread. */
  public boolean opensWaiting() {
    return opensWaiting;
  }

  @Override
  public Outbox.Outcome drain() throws IOException {
    int written = 0;
    while (true) {
      append(outbox.takeAll());
      boolean allEncoded = encodeBacklog() && ring.serve();
      int flushed = output.flush();
      if (flushed < 0) {
        return Outbox.Outcome.SHORT;
      }
      written += flushed;
      if (allEncoded) {
        output.release();
        sayFarewell();
        return Outbox.Outcome.DONE;
      }
      if (written >= BUDGET) {
        output.release();
        return Outbox.Outcome.BUDGET;
      }
    }
  }

  private void sayFarewell() throws IOException {
    if (farewell != null && !saidFarewell) {
      saidFarewell = true;
      wire.shutdownOutput();
      events.saidFarewell();
    }
  }

  private void append(@Nullable Command chain) {
    if (chain == null) {
      return;
    }
    if (backlogTail == null) {
      backlog = chain;
    } else {
      backlogTail.next = chain;
    }
    Command tail = chain;
    while (tail.next != null) {
      tail = tail.next;
    }
    backlogTail = tail;
  }

  /** {@return false when the output is full} */
  private boolean encodeBacklog() {
    while (backlog != null) {
      Command command = backlog;
      Command following = command.next;
      if (farewell != null) {
        command.fail(farewell.cause);
      } else if (!encode(command)) {
        return false;
      }
      backlog = following;
      if (following == null) {
        backlogTail = null;
      }
    }
    return true;
  }

  /** {@return false when there is no room; nothing has happened then} */
  private boolean encode(Command command) {
    return switch (command) {
      case Command.Respond c -> respond(c);
      case Command.Open c -> open(c);
      case Command.Data c -> data(c);
      case Command.Headers c -> headers(c);
      case Command.Decline c -> decline(c);
      case Command.Reset c -> output.room() >= CONTROL_ROOM && reset(c);
      case Command.Widen c -> output.room() >= CONTROL_ROOM && widen(c);
      case Command.PeerWindow c -> peerWindow(c);
      case Command.PeerWentAway c -> peerWentAway(c);
      case Command.StreamEnded c -> openWaiting();
      case Command.Closed c -> true;
      case Command.Hello c -> output.room() >= CONTROL_ROOM && hello(c);
      case Command.Farewell c -> farewell(c);
      case Command.WidenConnection c -> output.room() >= CONTROL_ROOM && widenConnection();
      case Command.PeerSettings c -> output.room() >= CONTROL_ROOM && peerSettings(c);
      case Command.Ping c -> output.room() >= CONTROL_ROOM && ping(c);
      case Command.GoAway c -> output.room() >= CONTROL_ROOM && goAway(c);
      case Command.Refuse c -> output.room() >= CONTROL_ROOM && refuse(c);
    };
  }

  private void attach(OutboundStream stream) {
    if (stream.window == null) {
      stream.window = new SendWindow(peer.initialWindowSize());
    }
  }

  private boolean respond(Command.Respond c) {
    OutboundStream stream = c.stream;
    if (stream.endWritten || stream.finished()) {
      stream.credit(c.data.left());
      return true;
    }
    if (!output.hasRoomForHeaders(c.headers)) {
      return false;
    }
    attach(stream);
    output.headers(stream.id, c.headers, false);
    int rest = FrameWriter.HEADER_SIZE + c.trailers.bound() + FrameWriter.RST_STREAM_SIZE;
    if (ring.writeNow(stream, c.data, rest)) {
      output.headers(stream.id, c.trailers, true);
      ended(stream);
    } else {
      stream.enqueue(c.data);
      stream.enqueue(new Command.Headers(stream, c.trailers, true, false));
      ring.add(stream);
    }
    return true;
  }

  private boolean open(Command.Open c) {
    if (c.stream.finished()) {
      dropOnly(c); // cancelled before it began: leaves no trace
      return true;
    }
    if (goneAway != null) {
      c.stream.fail(goneAway, Progress.NOT_SENT);
      return true;
    }
    if (!waiting.isEmpty() || events.openStreams() >= peer.maxConcurrentStreams()) {
      waiting.add(c);
      opensWaiting = true;
      return true;
    }
    return openNow(c);
  }

  private boolean openNow(Command.Open c) {
    if (!output.hasRoomForHeaders(c.headers)) {
      return false;
    }
    if (nextStreamId < 0) {
      c.stream.fail(
          Status.unavailable("the connection's stream ids are used up"), Progress.NOT_SENT);
      return true;
    }
    OutboundStream stream = c.stream;
    stream.id = nextStreamId;
    nextStreamId += 2; // negative once the last id is used
    if (stream.id >= LAST_STREAM_ID / 4 * 3 && stream.id < LAST_STREAM_ID / 4 * 3 + 2) {
      events.idsUsedUp();
    }
    attach(stream);
    events.opened(stream);
    output.headers(stream.id, c.headers, false);
    Command.Data only = c.only;
    if (only != null && !ring.writeNow(stream, only, 0)) {
      stream.enqueue(only);
    }
    ring.add(stream); // also for messages that were put while it waited
    return true;
  }

  private static void dropOnly(Command.Open c) {
    if (c.only != null) {
      c.stream.credit(c.only.left());
    }
  }

  private boolean openWaiting() {
    while (!waiting.isEmpty()) {
      Command.Open c = waiting.element();
      if (c.stream.finished()) {
        dropOnly(c);
      } else if (events.openStreams() >= peer.maxConcurrentStreams()) {
        return true;
      } else if (!openNow(c)) {
        return false;
      }
      waiting.remove();
    }
    opensWaiting = false;
    return true;
  }

  private boolean data(Command.Data c) {
    OutboundStream stream = c.stream;
    if (stream.endWritten || stream.finished()) {
      stream.credit(c.left());
      return true;
    }
    if (!ring.writeNow(stream, c, 0)) {
      stream.enqueue(c);
      if (stream.window != null) { // else its HEADERS wait still, and so does its data
        ring.add(stream);
      }
    }
    return true;
  }

  private boolean headers(Command.Headers c) {
    OutboundStream stream = c.stream;
    if (stream.endWritten || stream.finished()) {
      return true;
    }
    attach(stream);
    if (c.end && c.dropQueued) {
      stream.dropQueue();
    }
    if (stream.queueHead != null) {
      stream.enqueue(c);
      ring.add(stream);
      return true;
    }
    if (!output.hasRoomForHeaders(c.headers)) {
      return false;
    }
    output.headers(stream.id, c.headers, c.end);
    if (c.end) {
      ended(stream);
    }
    return true;
  }

  /** Our half has ended with END_STREAM. */
  private void ended(OutboundStream stream) {
    stream.endWritten = true;
    if (stream.endsBothHalves() && !stream.remoteEnded()) {
      output.reset(stream.id, ErrorCode.NO_ERROR); // PROTOCOL-HTTP2, Responses
      events.resetWritten(stream);
    } else {
      events.localEnded(stream);
    }
  }

  private boolean decline(Command.Decline c) {
    if (!output.hasRoomForHeaders(c.headers)) {
      return false;
    }
    output.headers(c.streamId, c.headers, true);
    if (c.reset) {
      outbox.put(new Command.Refuse(c.streamId, ErrorCode.NO_ERROR));
    }
    return true;
  }

  private boolean reset(Command.Reset c) {
    OutboundStream stream = c.stream;
    stream.dropQueue();
    if (stream.id != 0 && !(stream.endWritten && stream.remoteEnded())) {
      output.reset(stream.id, c.code);
      stream.endWritten = true;
      events.resetWritten(stream);
    }
    return true;
  }

  private boolean refuse(Command.Refuse c) {
    output.reset(c.streamId, c.code);
    events.provokedFramed();
    return true;
  }

  private boolean widen(Command.Widen c) {
    int credit = c.stream.takeWindowCredit();
    if (credit > 0 && c.stream.id != 0 && !c.stream.remoteEnded()) {
      FrameWriter.windowUpdate(output.buffer(), c.stream.id, credit);
    }
    return true;
  }

  private boolean widenConnection() {
    int credit = events.takeWindowCredit();
    if (credit > 0) {
      FrameWriter.windowUpdate(output.buffer(), 0, credit);
    }
    return true;
  }

  private boolean peerWindow(Command.PeerWindow c) {
    OutboundStream stream = c.stream;
    if (stream == null) {
      if (!connectionWindow.add(events.takePeerWindow())) { // RFC 9113 §6.9.1
        events.violated(
            ErrorCode.FLOW_CONTROL_ERROR, "the connection's window exceeds 2^31-1 bytes");
      }
      return true;
    }
    attach(stream);
    if (stream.window != null && !stream.window.add(stream.takePeerWindow())) {
      stream.fail(
          Status.internal("the peer widened the stream's window past 2^31-1 bytes"),
          Progress.PROCESSED);
      outbox.put(new Command.Reset(stream, ErrorCode.FLOW_CONTROL_ERROR));
      return true;
    }
    ring.add(stream);
    return true;
  }

  private boolean peerSettings(Command.PeerSettings c) {
    int delta = c.settings.initialWindowSize() - peer.initialWindowSize();
    peer = c.settings;
    output.maxFrameSize(peer.maxFrameSize());
    output.headerTableSize(peer.headerTableSize());
    if (delta != 0) {
      events.forEachStream(stream -> moveWindow(stream, delta));
    }
    FrameWriter.settingsAck(output.buffer());
    events.provokedFramed();
    outbox.put(new Command.StreamEnded()); // the limit of streams may have grown
    return true;
  }

  private void moveWindow(OutboundStream stream, int delta) {
    if (stream.window == null) {
      return; // will begin with the new size
    }
    if (!stream.window.add(delta)) { // RFC 9113 §6.9.2
      events.violated(
          ErrorCode.FLOW_CONTROL_ERROR,
          "INITIAL_WINDOW_SIZE moves a stream's window past 2^31-1 bytes");
    }
    ring.add(stream);
  }

  private boolean peerWentAway(Command.PeerWentAway c) {
    goneAway = c.cause;
    events.forEachStream(stream -> {
      if (stream.id > c.lastStreamId) {
        stream.fail(c.cause, Progress.UNPROCESSED);
        events.resetWritten(stream);
      }
    });
    for (Command.Open open : waiting) {
      open.stream.fail(c.cause, Progress.NOT_SENT);
    }
    waiting.clear();
    opensWaiting = false;
    return true;
  }

  private boolean hello(Command.Hello c) {
    var out = output.buffer();
    if (c.preface) {
      Preface.write(out);
    }
    FrameWriter.settings(out, c.settings);
    int more = c.connectionWindow - Settings.DEFAULT.initialWindowSize();
    if (more > 0) {
      FrameWriter.windowUpdate(out, 0, more);
    }
    return true;
  }

  private boolean ping(Command.Ping c) {
    FrameWriter.ping(output.buffer(), c.opaque, c.ack);
    if (c.ack) {
      events.provokedFramed();
    }
    return true;
  }

  private boolean goAway(Command.GoAway c) {
    byte[] debug = c.debug.getBytes(StandardCharsets.UTF_8);
    byte[] shown = debug.length <= MAX_DEBUG ? debug : Arrays.copyOf(debug, MAX_DEBUG);
    FrameWriter.goAway(output.buffer(), c.lastStreamId, c.code, shown);
    return true;
  }

  private boolean farewell(Command.Farewell c) {
    farewell = c;
    return true;
  }

  @Override
  public void finish(Status cause) {
    for (Command c = backlog; c != null; c = c.next) {
      c.fail(cause);
    }
    backlog = null;
    backlogTail = null;
    for (Command.Open open : waiting) {
      open.stream.fail(cause, Progress.NOT_SENT);
    }
    waiting.clear();
    output.release();
    wire.close();
    events.closed(cause);
  }

  @Override
  public void awaitWritable() {
    wire.awaitWritable();
  }

  @Override
  public void writableSeen() {
    wire.writableSeen();
  }

  @Override
  public void resumeOnLoop() {
    wire.loop().execute(outbox::resume);
  }

  @Override
  public boolean insideReadPass() {
    return events.insideReadPass();
  }

  @Override
  public boolean othersInFlight() {
    return events.othersInFlight();
  }
}

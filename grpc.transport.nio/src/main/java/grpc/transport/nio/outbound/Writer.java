package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.spi.failure.Reason;
import grpc.transport.nio.flow.SendWindow;
import grpc.transport.nio.frame.FrameWriter;
import grpc.transport.nio.frame.Preface;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns commands into frames. All its fields belong to the holder of the outbox's writer role: the
 * HPACK encoder, stream ids, send windows, stream queues, and the peer's settings.
 */
public final class Writer implements Outbox.Role {
  private static final Logger log = LoggerFactory.getLogger("grpc.http2");

  /**
   * The bytes after which the loop goes on writing, so that a handler does not write for others for
   * long.
   */
  private static final int BUDGET = 64 * 1024;

  /** The room for any control frame. */
  private static final int CONTROL_ROOM =
      Math.max(
          FrameWriter.GOAWAY_SIZE + ControlFrames.MAX_DEBUG,
          Preface.SIZE + FrameWriter.SETTINGS_SIZE + FrameWriter.WINDOW_UPDATE_SIZE);

  private final Outbox outbox;
  private final Wire wire;
  private final WriterRole role;
  private final WriterEvents events;
  private final Output output;
  private final DataScheduler data;
  private final SendWindows windows;
  private final StreamEnds ends;
  private final StreamOpener opener;
  private final ResponseWriter responses;
  private final Backlog backlog = new Backlog();
  private Command.@Nullable ShutdownOutput shutdownOutput;
  private volatile boolean outputShutDown; // written under the role, read by any thread

  /** A writer whose role the loop holds until {@link Outbox#resume}. */
  public Writer(
      Wire wire,
      Settings assumed,
      StreamTable streams,
      PendingWindowUpdates updates,
      WriterRole role,
      WriterEvents events) {
    this(wire, assumed, streams, updates, role, events, 1);
  }

  /** A writer with this id for the first stream that it opens. */
  Writer(
      Wire wire,
      Settings assumed,
      StreamTable streams,
      PendingWindowUpdates updates,
      WriterRole role,
      WriterEvents events,
      int firstStreamId) {
    this.wire = wire;
    this.role = role;
    this.events = events;
    this.outbox = new Outbox(this);
    this.output = new Output(wire, assumed.maxFrameSize());
    var connectionWindow = new SendWindow(Settings.DEFAULT.initialWindowSize());
    this.ends = new StreamEnds(output, role, outbox);
    this.data = new DataScheduler(output, connectionWindow, ends);
    this.windows =
        new SendWindows(output, connectionWindow, data, streams, updates, events, outbox, assumed);
    this.opener = new StreamOpener(output, windows, data, streams, role, outbox, firstStreamId);
    this.responses = new ResponseWriter(output, data, windows, ends, events, outbox);
  }

  /** {@return the outbox for commands} */
  public Outbox outbox() {
    return outbox;
  }

  /**
   * {@return whether HEADERS or DATA were encoded since the last call of this method} Any thread.
   */
  public boolean takeAnswered() {
    return output.takeAnswered();
  }

  /** {@return whether calls wait for a stream to end} Any thread. */
  public boolean opensWaiting() {
    return opener.isWaiting();
  }

  /** {@return the highest id of a stream that was opened here, or 0} Any thread. */
  public int lastOpenedId() {
    return opener.lastOpenedId();
  }

  /** {@return whether all our bytes are written and our half is shut down} Any thread. */
  public boolean isOutputShutDown() {
    return outputShutDown;
  }

  @Override
  public Outbox.Outcome drain() throws IOException {
    int written = 0;
    while (true) {
      backlog.append(outbox.takeAll());
      boolean allEncoded = encodeBacklog() && data.serve();
      int flushed = output.flush();
      if (flushed < 0) {
        return Outbox.Outcome.SHORT;
      }
      written += flushed;
      if (allEncoded) {
        output.release();
        shutdownOutput();
        return Outbox.Outcome.DONE;
      }
      if (written >= BUDGET) {
        output.release();
        return Outbox.Outcome.BUDGET;
      }
    }
  }

  private void shutdownOutput() throws IOException {
    if (shutdownOutput != null && !outputShutDown) {
      outputShutDown = true;
      wire.shutdownOutput();
      events.outputShutDown(shutdownOutput.cause);
    }
  }

  /** {@return false when the output is full} */
  private boolean encodeBacklog() {
    for (Command command = backlog.peek(); command != null; command = backlog.peek()) {
      Command following = command.next;
      if (shutdownOutput != null) {
        command.fail(shutdownOutput.cause);
      } else if (!encode(command)) {
        return false;
      }
      backlog.remove(following);
    }
    return true;
  }

  /** {@return false when there is no room; then it has no effect} */
  private boolean encode(Command command) {
    return switch (command) {
      case Command.Respond c -> responses.respond(c);
      case Command.Open c -> opener.open(c);
      case Command.Data c -> data(c);
      case Command.Headers c -> responses.headers(c);
      case Command.RejectRequest c -> responses.reject(c);
      case Command.StreamEnded c -> opener.openWaiting();
      case Command.Trailers c -> responses.trailers(c);
      case Command.Control c -> output.room() >= CONTROL_ROOM && control(c);
      case Command.Closed c -> true; // Closed is never taken
    };
  }

  /** Encodes a command that fits {@link #CONTROL_ROOM}; {@return true} */
  private boolean control(Command.Control command) {
    switch (command) {
      case Command.Reset c -> reset(c);
      case Command.WindowUpdate c -> windows.widen(c.stream);
      case Command.PeerWindowUpdate c -> windows.peerWindowUpdate(c);
      case Command.ConnectionWindowUpdate c -> windows.connectionWindowUpdate();
      case Command.PeerSettings c -> peerSettings(c);
      case Command.PeerWentAway c -> opener.peerWentAway(c);
      case Command.Ping c -> ping(c);
      case Command.GoAway c -> ControlFrames.goAway(output, c);
      case Command.ResetUnknownStream c -> refuse(c);
      case Command.Preface c -> ControlFrames.preface(output, c);
      case Command.ShutdownOutput c -> shutdownOutput = c;
    }
    return true;
  }

  private boolean data(Command.Data c) {
    OutboundStream stream = c.stream;
    if (stream.endWritten || stream.finished()) {
      stream.credit(c.left());
      return true;
    }
    if (!data.writeNow(stream, c, 0)) {
      stream.enqueue(c);
      if (stream.window != null) { // else its HEADERS wait still, and so does its data
        data.add(stream);
      }
    }
    return true;
  }

  private void reset(Command.Reset c) {
    OutboundStream stream = c.stream;
    stream.dropQueue();
    if (stream.id == 0) {
      opener.cancelled(); // no frame is sent
    } else if (!stream.resetWritten && !(stream.endWritten && stream.remoteEnded())) {
      ends.reset(stream, c.code);
    }
  }

  private void ping(Command.Ping c) {
    output.frames().ping(output.buffer(), c.opaque, c.ack);
    if (c.ack) {
      events.provokedFramed();
    }
  }

  private void refuse(Command.ResetUnknownStream c) {
    output.reset(c.streamId, c.code);
    events.provokedFramed();
  }

  private void peerSettings(Command.PeerSettings c) {
    windows.settings(c.settings);
    events.provokedFramed();
    outbox.put(new Command.StreamEnded()); // the limit of streams may have grown
  }

  @Override
  public void sweep() {
    backlog.append(outbox.takeAll());
    backlog.removeIf(Writer::isObsolete);
    data.dropFinished();
    opener.dropFinished();
  }

  /** {@return whether a command is obsolete} The quota that it holds is given back. */
  private static boolean isObsolete(Command command) {
    return switch (command) {
      case Command.Open c -> c.stream.finished();
      case Command.Respond c -> isOver(c.stream);
      case Command.Headers c -> isOver(c.stream);
      case Command.Trailers c -> isOver(c.stream);
      case Command.Data c -> {
        boolean over = isOver(c.stream);
        if (over) {
          c.stream.credit(c.left());
        }
        yield over;
      }
      case Command.Reset c -> {
        c.stream.dropQueue();
        yield c.stream.id == 0; // its Open came before, and has failed
      }
      case Command.WindowUpdate c -> c.stream.id == 0 || isOver(c.stream);
      case Command.PeerWindowUpdate c -> false;
      case Command.RejectRequest c -> false;
      case Command.StreamEnded c -> false;
      case Command.Control c -> false;
      case Command.Closed c -> false;
    };
  }

  private static boolean isOver(OutboundStream stream) {
    return stream.endWritten || stream.finished();
  }

  @Override
  public Status failure(Throwable thrown) {
    if (!(thrown instanceof IOException)) {
      log.error("writing to {} failed", wire.remoteAddress(), thrown);
    }
    return Status.unavailable(
        "connection to %s failed: %s"
            .formatted(
                wire.remoteAddress(), thrown instanceof IOException e ? Reason.of(e) : thrown));
  }

  @Override
  public void finish(Status cause) {
    backlog.fail(cause);
    opener.fail(cause);
    output.release();
    wire.close();
    events.closed(cause);
  }

  @Override
  public void goOnEndingLater() {
    wire.again();
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
    return role.othersInFlight();
  }
}

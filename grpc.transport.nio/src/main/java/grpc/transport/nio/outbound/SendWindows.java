package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.transport.nio.flow.SendWindow;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Settings;

/**
 * The send windows, the peer's settings that change them, and our own WINDOW_UPDATEs. Owned by the
 * writer.
 */
final class SendWindows {
  private final Output output;
  private final SendWindow connection;
  private final DataScheduler scheduler;
  private final StreamTable streams;
  private final PendingWindowUpdates updates;
  private final WriterEvents events;
  private final Outbox outbox;
  private Settings peer;

  SendWindows(
      Output output,
      SendWindow connection,
      DataScheduler scheduler,
      StreamTable streams,
      PendingWindowUpdates updates,
      WriterEvents events,
      Outbox outbox,
      Settings assumed) {
    this.output = output;
    this.connection = connection;
    this.scheduler = scheduler;
    this.streams = streams;
    this.updates = updates;
    this.events = events;
    this.outbox = outbox;
    this.peer = assumed;
  }

  /** {@return the peer's acknowledged settings} */
  Settings peer() {
    return peer;
  }

  /** Gives a stream its window unless it has one. */
  void attach(OutboundStream stream) {
    if (stream.window == null) {
      stream.window = new SendWindow(peer.initialWindowSize());
    }
  }

  /** The peer widened a window; streams that waited for it are served after the backlog. */
  void peerWindowUpdate(Command.PeerWindowUpdate c) {
    OutboundStream stream = c.stream;
    if (stream == null) {
      if (!connection.add(updates.takeReceived())) { // RFC 9113 §6.9.1
        events.violated(
            ErrorCode.FLOW_CONTROL_ERROR, "the connection's window exceeds 2^31-1 bytes");
      }
      return;
    }
    attach(stream);
    if (stream.window != null && !stream.window.add(stream.takePeerWindow())) {
      outbox.put(new Command.Reset(stream, ErrorCode.FLOW_CONTROL_ERROR));
      events.madeToReset(
          stream, Status.internal("the peer widened the stream's window past 2^31-1 bytes"));
      return;
    }
    scheduler.add(stream);
  }

  /** Takes over the peer's settings and acknowledges them. */
  void settings(Settings settings) {
    int delta = settings.initialWindowSize() - peer.initialWindowSize();
    peer = settings;
    output.maxFrameSize(peer.maxFrameSize());
    output.headerTableSize(peer.headerTableSize());
    if (delta != 0) {
      streams.forEach(stream -> move(stream, delta));
    }
    output.frames().settingsAck(output.buffer());
  }

  private void move(OutboundStream stream, int delta) {
    if (stream.window == null) {
      return; // it will begin with the new size
    }
    if (!stream.window.add(delta)) { // RFC 9113 §6.9.2
      events.violated(
          ErrorCode.FLOW_CONTROL_ERROR,
          "INITIAL_WINDOW_SIZE moves a stream's window past 2^31-1 bytes");
    }
    scheduler.add(stream);
  }

  /** Sends the WINDOW_UPDATE that a stream's reader has earned. */
  void widen(OutboundStream stream) {
    int credit = stream.takeWindowCredit();
    if (credit > 0 && stream.id != 0 && !stream.resetWritten && !stream.remoteEnded()) {
      output.frames().windowUpdate(output.buffer(), stream.id, credit);
    }
  }

  /** Sends the WINDOW_UPDATE of the whole connection. */
  void connectionWindowUpdate() {
    int credit = updates.takeEarned();
    if (credit > 0) {
      output.frames().windowUpdate(output.buffer(), 0, credit);
    }
  }
}

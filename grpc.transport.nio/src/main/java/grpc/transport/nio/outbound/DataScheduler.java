package grpc.transport.nio.outbound;

import grpc.transport.nio.flow.SendWindow;
import grpc.transport.nio.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * Serves the streams that have queued data and a window for it, in turn, one frame each. Also ends
 * a stream when only its end is left. Owned by the writer.
 */
final class DataScheduler {
  /** The least room worth a frame for a part of a message. */
  private static final int LEAST_ROOM = 256;

  private final Output output;
  private final SendWindow connectionWindow;
  private final StreamEnds ends;
  private @Nullable OutboundStream first;
  private @Nullable OutboundStream last;

  DataScheduler(Output output, SendWindow connectionWindow, StreamEnds ends) {
    this.output = output;
    this.connectionWindow = connectionWindow;
    this.ends = ends;
  }

  /** Adds a stream with queued data, unless it is there. */
  void add(OutboundStream stream) {
    if (stream.inRing || stream.queueHead == null) {
      return;
    }
    stream.inRing = true;
    stream.ringNext = null;
    if (last == null) {
      first = stream;
    } else {
      last.ringNext = stream;
    }
    last = stream;
  }

  private void addFirst(OutboundStream stream) {
    stream.inRing = true;
    stream.ringNext = first;
    first = stream;
    if (last == null) {
      last = stream;
    }
  }

  private @Nullable OutboundStream poll() {
    OutboundStream stream = first;
    if (stream != null) {
      first = stream.ringNext;
      if (first == null) {
        last = null;
      }
      stream.ringNext = null;
      stream.inRing = false;
    }
    return stream;
  }

  /** Drops the queued data of finished streams. */
  void dropFinished() {
    OutboundStream end = last;
    for (OutboundStream stream = poll(); stream != null; stream = poll()) {
      if (stream.finished()) {
        stream.dropQueue();
      } else {
        add(stream);
      }
      if (stream.equals(end)) {
        return; // once around
      }
    }
  }

  /**
   * {@return whether everything that the windows allow is encoded; false when the output is full}
   */
  boolean serve() {
    for (OutboundStream stream = poll(); stream != null; stream = poll()) {
      if (stream.finished()) {
        stream.dropQueue();
        continue;
      }
      Served served = serveOne(stream);
      switch (served) {
        case FRAME -> add(stream);
        case STREAM_WINDOW -> {} // comes back with the peer's WINDOW_UPDATE
        case CONNECTION_WINDOW -> {
          addFirst(stream);
          return true;
        }
        case FULL -> {
          addFirst(stream);
          return false;
        }
      }
    }
    return true;
  }

  private enum Served {
    FRAME,
    STREAM_WINDOW,
    CONNECTION_WINDOW,
    FULL
  }

  private Served serveOne(OutboundStream stream) {
    Served served = serveFirst(stream);
    return served == Served.FRAME && needsNoWindow(stream.queueHead)
        ? serveFirst(stream) // the ring may wait for the connection's window
        : served;
  }

  private static boolean needsNoWindow(@Nullable Command next) {
    return next instanceof Command.Trailers
        || next instanceof Command.Data data && data.message == null;
  }

  private Served serveFirst(OutboundStream stream) {
    Command next = stream.queueHead;
    if (next instanceof Command.Trailers trailers) {
      HeaderBlock block = trailers.block();
      if (!output.hasRoomForHeaders(block)) {
        return Served.FULL;
      }
      stream.dequeue();
      output.headers(stream.id, block, true);
      ends.ended(stream);
    } else if (next instanceof Command.Data data) {
      return frame(stream, data);
    }
    return Served.FRAME;
  }

  private Served frame(OutboundStream stream, Command.Data data) {
    int left = data.left();
    int room = output.room() - FrameWriter.HEADER_SIZE;
    if (room < Math.min(left, LEAST_ROOM)) {
      return Served.FULL;
    }
    SendWindow window = stream.window;
    int streamMay = window == null ? 0 : window.available();
    if (left > 0 && streamMay == 0) {
      return Served.STREAM_WINDOW;
    }
    if (left > 0 && connectionWindow.available() == 0) {
      return Served.CONNECTION_WINDOW;
    }
    int length =
        Math.min(
            Math.min(left, output.maxFrameSize()),
            Math.min(room, Math.min(streamMay, connectionWindow.available())));
    write(stream, data, length);
    return Served.FRAME;
  }

  private void write(OutboundStream stream, Command.Data data, int length) {
    boolean done = length == data.left();
    output.data(stream.id, data, length, done && data.end);
    if (length > 0 && stream.window != null) {
      stream.window.consume(length);
      connectionWindow.consume(length);
    }
    if (done && stream.queueHead == data) {
      stream.dequeue();
    }
    stream.credit(length);
    if (done && data.end) {
      ends.ended(stream);
    }
  }

  /**
   * Writes a message at once if it fits one frame, the windows and the room.
   *
   * @param more the room needed behind it
   * @return false when it does not fit; then it is not written
   */
  boolean writeNow(OutboundStream stream, Command.Data data, int more) {
    int length = data.left();
    if (stream.queueHead != null
        || length > output.maxFrameSize()
        || stream.window == null
        || length > stream.window.available()
        || length > connectionWindow.available()
        || output.room() < FrameWriter.HEADER_SIZE + length + more) {
      return false;
    }
    write(stream, data, length);
    return true;
  }
}

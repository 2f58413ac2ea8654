package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.spi.transport.Message;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Settings;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A command for the writer. Each has one outcome: it is framed, it {@linkplain #fail fails}, or
 * {@link Outbox#put} rejects it.
 */
public abstract sealed class Command {
  /** The next in the outbox's stack, the writer's backlog or a stream's queue; owned by it. */
  @Nullable Command next;

  /** The connection died before this was framed. */
  void fail(Status cause) {}

  /** A command that takes at most a few bytes. */
  public abstract static sealed class Control extends Command {}

  /** The end of an outbox: no command is put behind it. */
  static final class Closed extends Command {
    private final Status cause;

    /** The commands not taken, newest first; the thread that ends the connection fails them. */
    @Nullable Command rest;

    Closed(Status cause) {
      this.cause = cause;
    }

    /** Fails the remaining commands; may be called again if it throws. */
    void failRest() {
      for (Command c = rest; c != null; c = rest) {
        c.fail(cause);
        rest = c.next;
      }
    }

    Status cause() {
      return cause;
    }
  }

  /** Opens a stream: HEADERS, and for a unary call its message and END_STREAM. Client only. */
  public static final class Open extends Command {
    final OutboundStream stream;
    final HeaderBlock headers;
    final @Nullable Data only;

    /** Opens a stream; {@code only} is its one message, or null if messages follow. */
    public Open(OutboundStream stream, HeaderBlock headers, @Nullable Message only) {
      this.stream = stream;
      this.headers = headers;
      this.only = only == null ? null : new Data(stream, only, true);
    }

    @Override
    void fail(Status cause) {
      stream.fail(cause, Progress.NOT_SENT);
    }
  }

  /** Sends response headers. Server only. */
  public static final class Headers extends Command {
    final OutboundStream stream;
    final HeaderBlock headers;

    /** Sends a header block. */
    public Headers(OutboundStream stream, HeaderBlock headers) {
      this.stream = stream;
      this.headers = headers;
    }
  }

  /** Ends a response after all queued messages. Server only. */
  public static final class Trailers extends Command {
    final OutboundStream stream;
    final HeaderBlock afterHeaders;
    final HeaderBlock only;
    final boolean dropQueued;

    /**
     * Ends a response. The writer knows whether its headers left.
     *
     * @param only Trailers-Only, in place of {@code afterHeaders} if no headers were written
     * @param dropQueued whether the call was cut off: messages that wait for a window are dropped,
     *     and the client gets RST_STREAM CANCEL
     */
    public Trailers(
        OutboundStream stream, HeaderBlock afterHeaders, HeaderBlock only, boolean dropQueued) {
      this.stream = stream;
      this.afterHeaders = afterHeaders;
      this.only = only;
      this.dropQueued = dropQueued;
    }

    HeaderBlock block() {
      return stream.headersWritten ? afterHeaders : only;
    }
  }

  /** Sends a message, or only END_STREAM. */
  public static final class Data extends Command {
    /** Bytes of the prefix before a message (PROTOCOL-HTTP2, Length-Prefixed-Message). */
    public static final int PREFIX_SIZE = 5;

    final OutboundStream stream;
    final @Nullable Message message;
    final boolean end;

    /** Bytes already framed, prefix included; owned by the writer. */
    int sent;

    /** Sends a message; null for END_STREAM alone. */
    public Data(OutboundStream stream, @Nullable Message message, boolean end) {
      this.stream = stream;
      this.message = message;
      this.end = end;
    }

    /** {@return a command for bytes that are not a message, without a prefix, and END_STREAM} */
    public static Data unframed(OutboundStream stream, ByteBuffer bytes) {
      var data = new Data(stream, new Message(false, bytes), true);
      data.sent = PREFIX_SIZE;
      return data;
    }

    int left() {
      return size() - sent;
    }

    /** {@return bytes on the wire, prefix included} */
    public int size() {
      return message == null ? 0 : PREFIX_SIZE + message.payload().limit() - start();
    }

    private int start() {
      return message == null ? 0 : message.payload().position();
    }
  }

  /** Sends a whole answer: headers, one message, trailers. Server only. */
  public static final class Respond extends Command {
    final OutboundStream stream;
    final HeaderBlock headers;
    final Data data;
    final HeaderBlock trailers;

    /** Sends an answer. */
    public Respond(
        OutboundStream stream, HeaderBlock headers, Message message, HeaderBlock trailers) {
      this.stream = stream;
      this.headers = headers;
      this.data = new Data(stream, message, false);
      this.trailers = trailers;
    }
  }

  /** Ends a stream with RST_STREAM; sends no frame if the stream has not begun. */
  public static final class Reset extends Control {
    final OutboundStream stream;
    final ErrorCode code;

    /** Resets a stream. */
    public Reset(OutboundStream stream, ErrorCode code) {
      this.stream = stream;
      this.code = code;
    }
  }

  /** Sends RST_STREAM for an id without a stream here. */
  public static final class ResetUnknownStream extends Control {
    final int streamId;
    final ErrorCode code;

    /** Refuses a stream. */
    public ResetUnknownStream(int streamId, ErrorCode code) {
      this.streamId = streamId;
      this.code = code;
    }
  }

  /** Answers a request that never became a call: Trailers-Only, then RST_STREAM(NO_ERROR). */
  public static final class RejectRequest extends Command {
    final int streamId;
    final HeaderBlock headers;
    final boolean reset;

    /** Rejects the request; {@code reset} if the client has not half-closed. */
    public RejectRequest(int streamId, HeaderBlock headers, boolean reset) {
      this.streamId = streamId;
      this.headers = headers;
      this.reset = reset;
    }
  }

  /** Sends a stream's WINDOW_UPDATE: the bytes that its reader has consumed until then. */
  public static final class WindowUpdate extends Control {
    final OutboundStream stream;

    /** Widens the stream's window. */
    public WindowUpdate(OutboundStream stream) {
      this.stream = stream;
    }
  }

  /** Sends the connection's WINDOW_UPDATE: the sum until then. */
  public static final class ConnectionWindowUpdate extends Control {}

  /** Applies the sum of the peer's WINDOW_UPDATEs until then. */
  public static final class PeerWindowUpdate extends Control {
    final @Nullable OutboundStream stream;

    /** Widens our send window; null for the connection's. */
    public PeerWindowUpdate(@Nullable OutboundStream stream) {
      this.stream = stream;
    }
  }

  /** The peer's SETTINGS, applied as their acknowledgement is written (RFC 9113 §6.5.3). */
  public static final class PeerSettings extends Control {
    final Settings settings;

    /** Applies and acknowledges. */
    public PeerSettings(Settings settings) {
      this.settings = settings;
    }
  }

  /** The connection's first bytes: the client's preface, SETTINGS, the connection's window. */
  public static final class Preface extends Control {
    final boolean preface;
    final Settings settings;
    final int connectionWindow;

    /** Opens the connection; {@code connectionWindow} is the whole window that we grant. */
    public Preface(boolean preface, Settings settings, int connectionWindow) {
      this.preface = preface;
      this.settings = settings;
      this.connectionWindow = connectionWindow;
    }
  }

  /** A PING or the answer to one. */
  public static final class Ping extends Control {
    final long opaque;
    final boolean ack;

    /** Pings. */
    public Ping(long opaque, boolean ack) {
      this.opaque = opaque;
      this.ack = ack;
    }
  }

  /** Sends GOAWAY. */
  public static final class GoAway extends Control {
    final int lastStreamId;
    final ErrorCode code;
    final String debug;

    /** Goes away. */
    public GoAway(int lastStreamId, ErrorCode code, String debug) {
      this.lastStreamId = lastStreamId;
      this.code = code;
      this.debug = debug;
    }
  }

  /** The peer sent GOAWAY: calls that wait fail as not sent. Client only. */
  public static final class PeerWentAway extends Control {
    final int lastStreamId;
    final Status cause;

    /** Fails calls without an id as not sent, those beyond GOAWAY's id as unprocessed. */
    public PeerWentAway(int lastStreamId, Status cause) {
      this.lastStreamId = lastStreamId;
      this.cause = cause;
    }
  }

  /** A stream ended, so a call that waits for MAX_CONCURRENT_STREAMS may begin. Client only. */
  public static final class StreamEnded extends Command {}

  /** Ends our side of the connection once all commands before it are written. */
  public static final class ShutdownOutput extends Control {
    final Status cause;

    /** Ends our side; the remaining streams fail with this cause. */
    public ShutdownOutput(Status cause) {
      this.cause = cause;
    }
  }
}

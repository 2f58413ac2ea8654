package grpc.transport.nio.connection;

import grpc.transport.nio.flow.ReceiveWindow;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.FrameLog;
import grpc.transport.nio.frame.FrameReader;
import grpc.transport.nio.frame.FrameSink;
import grpc.transport.nio.frame.FrameType;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.guard.AbuseGuard;
import grpc.transport.nio.hpack.HeaderSink;
import grpc.transport.nio.hpack.HpackDecoder;
import grpc.transport.nio.hpack.HpackException;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.outbound.PendingWindowUpdates;
import grpc.transport.nio.outbound.StreamTable;
import grpc.transport.nio.stream.Stream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Applies each received frame to the connection. Owned by the loop. */
final class InboundFrames implements FrameSink {
  private final Connection connection;
  private final InboundRole role;
  private final PendingWindowUpdates updates;
  private final StreamTable streams;
  private final AbuseGuard guard;
  private final FrameLog log;
  private final FrameReader reader;
  private final HpackDecoder decoder;
  private final ReceiveWindow window = new ReceiveWindow(Connection.CONNECTION_WINDOW);
  private Settings peer = Settings.DEFAULT;
  private HeaderSink block = (name, value, neverIndexed) -> {};
  private boolean blockEndsStream;
  private boolean settingsSeen;

  InboundFrames(
      Connection connection, InboundRole role, PendingWindowUpdates updates, AbuseGuard guard) {
    this.connection = connection;
    this.role = role;
    this.updates = updates;
    this.streams = connection.streams();
    this.guard = guard;
    this.log = new FrameLog(connection.wire()::remoteAddress);
    Settings ours = role.settings();
    this.reader = new FrameReader(ours.maxFrameSize());
    this.decoder = new HpackDecoder((int) ours.headerTableSize(), ours.maxHeaderListSize());
  }

  void read(ByteBuffer in) throws ConnectionError {
    reader.read(in, this);
  }

  /** {@return the stream of a frame, or null when it is gone} */
  private @Nullable Stream find(int streamId) throws ConnectionError {
    var stream = (Stream) streams.find(streamId);
    if (stream == null) {
      role.streamFrames().notOpen(streamId);
    }
    return stream;
  }

  @Override
  public void frame(int length, int type, int flags, int streamId) throws ConnectionError {
    log.received(length, type, flags, streamId);
    if (!settingsSeen && type != FrameType.SETTINGS.code()) { // RFC 9113 §3.4
      throw new ConnectionError(
          ErrorCode.PROTOCOL_ERROR, "the first frame has type " + type + " (expected: SETTINGS)");
    }
    if (type == FrameType.DATA.code()) {
      guard.dataBegins();
    }
  }

  @Override
  public void data(int streamId, ByteBuffer data, int flowControlled, boolean endStream)
      throws ConnectionError, StreamError {
    if (!window.receive(flowControlled)) {
      throw new ConnectionError(
          ErrorCode.FLOW_CONTROL_ERROR, "more DATA than the connection's window allows");
    }
    widen(window.consume(flowControlled)); // at once: only streams wait for readers
    connection.roundTrip().dataCame();
    int bytes = data.remaining();
    Stream stream = find(streamId);
    if (stream == null) {
      guard.data(bytes, endStream);
      role.streamFrames().dataLate(streamId, endStream); // sent before the end reached the peer
      return;
    }
    if (!stream.received(data, flowControlled, endStream)) {
      role.streamFrames().unreadable(stream);
    }
    guard.data(bytes, endStream || bytes > 0 && stream.endsBetweenMessages());
    if (endStream) {
      stream.requireDeclaredLength();
      role.streamFrames().dataEnded(stream);
    }
  }

  private void widen(int credit) {
    if (credit > 0 && updates.earned(credit)) {
      connection.put(new Command.ConnectionWindowUpdate());
    }
  }

  void growWindow(int bytes) {
    widen(window.grow(bytes));
  }

  @Override
  public void headers(int streamId, ByteBuffer fragment, boolean endHeaders, boolean endStream)
      throws ConnectionError, StreamError {
    guard.useful();
    guard.blockBegins();
    block = role.streamFrames().blockBegins();
    blockEndsStream = endStream;
    fragment(streamId, fragment, endHeaders);
  }

  @Override
  public void continuation(int streamId, ByteBuffer fragment, boolean endHeaders)
      throws ConnectionError, StreamError {
    guard.continuation();
    fragment(streamId, fragment, endHeaders);
  }

  private void fragment(int streamId, ByteBuffer fragment, boolean endHeaders)
      throws ConnectionError, StreamError {
    try {
      decoder.decode(fragment, block);
      if (endHeaders) {
        decoder.endHeaders();
      }
    } catch (HpackException e) { // the HPACK table is lost (RFC 9113 §4.3)
      throw new ConnectionError(ErrorCode.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
    }
    if (endHeaders) {
      role.streamFrames().blockEnds(streamId, blockEndsStream, decoder.overLimit());
    }
  }

  @Override
  public void priority(int streamId) throws ConnectionError {
    guard.emptyFrame();
  }

  @Override
  public void rstStream(int streamId, int errorCode) throws ConnectionError {
    Stream stream = find(streamId);
    if (stream != null) {
      role.streamFrames().reset(stream, errorCode);
    } else {
      role.streamFrames().resetLate(streamId);
    }
  }

  @Override
  public void settings(ByteBuffer entries) throws ConnectionError {
    if (!role.settings().enablePush()) {
      Settings.requireNoPush(entries);
    }
    peer = peer.with(entries);
    guard.provoked();
    connection.put(new Command.PeerSettings(peer));
    if (!settingsSeen) {
      settingsSeen = true;
      connection.handshakeDone();
    }
  }

  @Override
  public void settingsAck() {
    // our settings never change, and their limits hold from the start: there is no change to apply
  }

  @Override
  public void pushPromise(int streamId) throws ConnectionError {
    throw new ConnectionError( // RFC 9113 §8.4
        ErrorCode.PROTOCOL_ERROR, "PUSH_PROMISE, though push is not enabled");
  }

  @Override
  public void ping(long opaque, boolean ack) throws ConnectionError {
    if (ack) {
      connection.roundTrip().pong(opaque);
      role.pong(opaque);
    } else {
      role.pinged();
      guard.provoked();
      connection.put(new Command.Ping(opaque, true));
    }
  }

  @Override
  public void goAway(int lastStreamId, int errorCode, ByteBuffer debug) throws ConnectionError {
    role.goAway(lastStreamId, errorCode, StandardCharsets.UTF_8.decode(debug).toString());
  }

  @Override
  public void windowUpdate(int streamId, int increment) throws ConnectionError {
    if (streamId == 0) {
      if (updates.received(increment)) {
        connection.put(new Command.PeerWindowUpdate(null));
      }
      return;
    }
    Stream stream = find(streamId);
    if (stream != null && stream.addPeerWindow(increment)) {
      connection.put(new Command.PeerWindowUpdate(stream));
    }
  }

  @Override
  public void unknown(int type, int streamId) throws ConnectionError {
    guard.emptyFrame();
  }

  @Override
  public void streamError(StreamError error) throws ConnectionError {
    Stream stream = find(error.streamId());
    role.streamFrames().madeToReset(stream != null);
    if (stream != null) {
      role.streamFrames().violated(stream, error);
    } else {
      guard.provoked();
      connection.put(new Command.ResetUnknownStream(error.streamId(), error.code()));
    }
  }
}

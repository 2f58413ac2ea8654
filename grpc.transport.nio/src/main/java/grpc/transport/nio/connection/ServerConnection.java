package grpc.transport.nio.connection;

import grpc.api.Attributes;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransportOptions;
import grpc.transport.nio.call.RequestHead;
import grpc.transport.nio.call.RequestReader;
import grpc.transport.nio.call.TrailersBlock;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Preface;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.hpack.HeaderSink;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.outbound.OutboundStream;
import grpc.transport.nio.stream.ServerCallStream;
import grpc.transport.nio.stream.Stream;
import grpc.transport.nio.stream.StreamOwner;
import grpc.transport.nio.wire.Wire;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server's end of a connection. */
public final class ServerConnection implements Side, StreamOwner {
  private final ServerTransportOptions options;
  private final ServerStreamAcceptor acceptor;
  private final Consumer<ServerConnection> onClosed;
  private final Settings settings;
  private final StreamTable<ServerCallStream> streams = new StreamTable<>();
  private final RequestReader block = new RequestReader();
  private final Preface preface = new Preface();
  private final Handlers handlers;
  private final Connection connection;
  private final GracefulClose gracefulClose;
  private final PingStrikes strikes;
  private final Retirement retirement;
  private final Peer peer;
  private boolean prefaceWhole;
  private int lastStreamId;

  /**
   * The server's end of this wire.
   *
   * @param onClosed hears that it is gone; on any thread
   */
  public ServerConnection(
      Wire wire,
      ServerTransportOptions options,
      ServerStreamAcceptor acceptor,
      Consumer<ServerConnection> onClosed) {
    this.options = options;
    this.acceptor = acceptor;
    this.onClosed = onClosed;
    this.handlers = new Handlers(options.maxConcurrentStreams());
    this.settings = OurSettings.server(options.maxConcurrentStreams(), options.maxHeaderListSize());
    this.peer = new Peer(wire.remoteAddress(), wire.localAddress(), Attributes.EMPTY);
    this.connection = new Connection(wire, this, Optional.of(options.keepalive()));
    this.gracefulClose = new GracefulClose(connection, streams::isEmpty);
    this.strikes = new PingStrikes(options.pingPolicy());
    this.retirement = new Retirement(connection, gracefulClose, options.age(), () -> lastStreamId);
  }

  /** {@return what hears the wire} */
  public Wire.Events events() {
    return connection;
  }

  /** Ends gracefully: what was accepted is answered. Any thread. */
  public void drain() {
    connection
        .loop()
        .execute(() -> {
          if (connection.isHandshaking()) {
            close(Status.unavailable("the server is shutting down"));
          } else {
            gracefulClose.begin("draining");
          }
        });
  }

  /** Closes at once. Any thread. */
  public void close(Status status) {
    connection.close(status);
  }

  // ---- the streams' owner

  @Override
  public boolean put(Command command) {
    return connection.put(command);
  }

  @Override
  public boolean isOnLoop() {
    return connection.loop().isCurrent();
  }

  @Override
  public void wakeLater(Stream stream) {
    connection.wakeLater(stream);
  }

  @Override
  public void callEnded(Stream stream) {
    handlers.ended();
  }

  // ---- the connection's side

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public void connected() {
    connection.begin(false, options.handshakeTimeout());
  }

  @Override
  public boolean prefaceRead(ByteBuffer in) throws ConnectionError {
    if (!prefaceWhole) {
      prefaceWhole = preface.read(in);
    }
    return prefaceWhole;
  }

  @Override
  public void handshakeDone() {
    retirement.begin();
  }

  @Override
  public HeaderSink blockBegins() {
    block.reset();
    return block;
  }

  @Override
  public void blockEnds(int streamId, boolean endStream, boolean overLimit)
      throws ConnectionError, StreamError {
    ServerCallStream known = streams.find(streamId);
    if (known != null) {
      trailers(known, endStream);
      return;
    }
    if ((streamId & 1) == 0 || streamId <= lastStreamId) { // RFC 9113 §5.1.1
      throw new ConnectionError(
          ErrorCode.PROTOCOL_ERROR,
          "HEADERS on stream " + streamId + " (expected: odd, above " + lastStreamId + ")");
    }
    if (gracefulClose.refuses()) {
      return; // beyond the last GOAWAY: the client knows that it is not processed
    }
    lastStreamId = streamId;
    if (streams.size() >= options.maxConcurrentStreams() || handlers.tooMany()) {
      refuse(streamId, ErrorCode.REFUSED_STREAM); // RFC 9113 §5.1.2
    } else if (overLimit) {
      decline(
          streamId,
          endStream,
          431,
          Status.resourceExhausted(
              "header list larger than the limit of " + options.maxHeaderListSize() + " bytes"));
    } else {
      request(streamId, endStream);
    }
  }

  private void request(int streamId, boolean endStream) throws StreamError {
    switch (block.finish()) {
      case RequestHead.Accepted(var headers) -> {
        var stream = new ServerCallStream(streamId, this, headers, peer, OurSettings.STREAM_WINDOW);
        stream.handler(acceptor.accept(stream));
        streams.put(streamId, stream);
        connection.failIfClosed(stream);
        if (endStream) {
          stream.halfClosed();
        }
        handlers.due(stream);
      }
      case RequestHead.Declined(var httpStatus, var status) ->
          decline(streamId, endStream, httpStatus, status);
      case RequestHead.Malformed(var reason) ->
          throw new StreamError(streamId, ErrorCode.PROTOCOL_ERROR, reason);
    }
  }

  private void trailers(ServerCallStream stream, boolean endStream) throws StreamError {
    if (!endStream) {
      throw new StreamError(
          stream.id(), ErrorCode.PROTOCOL_ERROR, "HEADERS in mid-stream without END_STREAM");
    }
    dataEnded(stream);
  }

  private void decline(int streamId, boolean endStream, int httpStatus, Status status) {
    connection.guard().provoked();
    put(new Command.Decline(streamId, TrailersBlock.declined(httpStatus, status), !endStream));
  }

  private void refuse(int streamId, ErrorCode code) {
    connection.guard().provoked();
    put(new Command.Refuse(streamId, code));
  }

  @Override
  public void dispatch() {
    handlers.start();
  }

  @Override
  public @Nullable ServerCallStream find(int streamId) throws ConnectionError {
    ServerCallStream stream = streams.find(streamId);
    if (stream == null
        && ((streamId & 1) == 0 || streamId > lastStreamId && !gracefulClose.refuses())) {
      throw new ConnectionError( // RFC 9113 §5.1, idle
          ErrorCode.PROTOCOL_ERROR, "a frame on stream " + streamId + ", which is idle");
    }
    return stream;
  }

  @Override
  public void dataEnded(Stream stream) {
    var call = (ServerCallStream) stream;
    call.halfClosed();
    handlers.due(call);
  }

  @Override
  public void unreadable(Stream stream) {
    handlers.due((ServerCallStream) stream);
  }

  @Override
  public void reset(Stream stream, int code) {
    streams.remove(stream.id());
    ((ServerCallStream) stream).reset(code);
    gracefulClose.streamGone();
  }

  @Override
  public void violated(Stream stream, StreamError error) {
    ((ServerCallStream) stream).violated(error);
  }

  @Override
  public void goAway(int last, int errorCode, String debug) {
    // The client opens no new streams; those that run are answered, then it closes.
  }

  @Override
  public void pinged() throws ConnectionError {
    strikes.ping(connection.loop().timers().now(), connection.takeAnswered(), hasCalls());
  }

  @Override
  public void pong(long opaque) {
    gracefulClose.pong(opaque);
  }

  @Override
  public int lastPeerStreamId() {
    return lastStreamId;
  }

  @Override
  public Status endOfInput() {
    return Status.cancelled("the client closed the connection");
  }

  @Override
  public void localEnded(OutboundStream stream) {
    streams.remove(stream.id());
    gracefulClose.streamGone();
  }

  @Override
  public void resetWritten(OutboundStream stream) {
    localEnded(stream);
  }

  @Override
  public int openStreams() {
    return streams.size();
  }

  @Override
  public void forEachStream(Consumer<OutboundStream> action) {
    streams.forEach(action);
  }

  @Override
  public boolean hasCalls() {
    return !streams.isEmpty();
  }

  @Override
  public void stopTimers() {
    retirement.end();
  }

  @Override
  public boolean othersInFlight() {
    return handlers.several();
  }

  @Override
  public void closed(Status cause) {
    onClosed.accept(this);
  }
}

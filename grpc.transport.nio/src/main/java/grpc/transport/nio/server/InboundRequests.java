package grpc.transport.nio.server;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransportOptions;
import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.connection.LocalSettings;
import grpc.transport.nio.connection.StreamFrames;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.guard.ResetBudget;
import grpc.transport.nio.headers.ForeignAnswer;
import grpc.transport.nio.headers.ParsedRequest;
import grpc.transport.nio.headers.RequestReader;
import grpc.transport.nio.headers.TrailersBlock;
import grpc.transport.nio.hpack.HeaderSink;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.outbound.StreamTable;
import grpc.transport.nio.stream.ForeignRequest;
import grpc.transport.nio.stream.ServerCallStream;
import grpc.transport.nio.stream.Stream;
import java.time.Duration;
import java.util.function.Supplier;

/** Applies a client's frames to streams: requests, their ends, refusals, resets. On the loop. */
final class InboundRequests implements StreamFrames {
  /** The time for a request that is not gRPC to end, before it is answered. */
  private static final long FOREIGN_PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

  /** The headers of a request that is not gRPC; never read. */
  private static final RequestHeaders NO_GRPC =
      RequestHeaders.of(
          "", "", RequestHeaders.NO_TIMEOUT, "", RequestHeaders.IDENTITY, "", Metadata.EMPTY);

  private final ServerTransportOptions options;
  private final ServerStreamAcceptor acceptor;
  private final Connection connection;
  private final StreamTable streams;
  private final Handlers handlers;
  private final GracefulShutdown gracefulShutdown;
  private final Supplier<Peer> peer;
  private final RequestReader block = new RequestReader();
  private final RecentlyEndedStreams recentlyEnded = new RecentlyEndedStreams();
  private final OverdueAnswers overdue;
  private final ResetBudget resets;
  private int lastStreamId;
  private int accepted;
  private int resetStreams;

  InboundRequests(
      ServerTransportOptions options,
      ServerStreamAcceptor acceptor,
      Connection connection,
      Handlers handlers,
      GracefulShutdown gracefulShutdown,
      Supplier<Peer> peer) {
    this.options = options;
    this.acceptor = acceptor;
    this.connection = connection;
    this.streams = connection.streams();
    this.handlers = handlers;
    this.gracefulShutdown = gracefulShutdown;
    this.peer = peer;
    this.resets = new ResetBudget(options.maxConcurrentStreams(), connection.loop().timers().now());
    this.overdue = new OverdueAnswers(connection);
  }

  /** {@return the highest id that was processed} */
  int lastStreamId() {
    return lastStreamId;
  }

  @Override
  public HeaderSink blockBegins() {
    block.reset();
    return block;
  }

  @Override
  public void blockEnds(int streamId, boolean endStream, boolean overLimit)
      throws ConnectionError, StreamError {
    var known = (ServerCallStream) streams.find(streamId);
    if (known != null) {
      known.trailers(block, endStream);
      handlers.due(known);
      return;
    }
    if (recentlyEnded.remove(streamId)) {
      return; // trailers that the client sent before it saw our end
    }
    if ((streamId & 1) == 0 || streamId <= lastStreamId) { // RFC 9113 §5.1.1
      throw new ConnectionError(
          ErrorCode.PROTOCOL_ERROR,
          "HEADERS on stream " + streamId + " (expected: odd, above " + lastStreamId + ")");
    }
    if (gracefulShutdown.refuses()) {
      return; // beyond the last GOAWAY: the client can see that it is not processed
    }
    lastStreamId = streamId;
    if (streams.size() >= options.maxConcurrentStreams() || handlers.tooMany()) {
      connection.guard().provoked();
      refused(streamId, endStream);
      connection.put(
          new Command.ResetUnknownStream(streamId, ErrorCode.REFUSED_STREAM)); // RFC 9113 §5.1.2
    } else if (overLimit) {
      reject(
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
      case ParsedRequest.Accepted(var headers) -> {
        var stream = stream(streamId, headers);
        stream.handler(acceptor.accept(stream));
        begin(stream, block.size(), endStream);
      }
      case ParsedRequest.Foreign(var httpStatus, var isHead) -> {
        var stream = stream(streamId, NO_GRPC);
        stream.handler(new ForeignRequest(stream, ForeignAnswer.of(httpStatus), isHead));
        begin(stream, 0, endStream);
        if (!endStream) {
          connection.schedule(FOREIGN_PATIENCE_NANOS, () -> stopWaiting(stream));
        }
      }
      case ParsedRequest.Declined(var httpStatus, var status) ->
          reject(streamId, endStream, httpStatus, status);
      case ParsedRequest.Malformed(var reason) -> {
        refused(streamId, endStream);
        throw new StreamError(streamId, ErrorCode.PROTOCOL_ERROR, reason);
      }
    }
  }

  private ServerCallStream stream(int streamId, RequestHeaders headers) {
    return new ServerCallStream(
        streamId,
        connection,
        headers,
        peer.get(),
        LocalSettings.STREAM_WINDOW,
        connection.passBegan());
  }

  private void begin(ServerCallStream stream, int size, boolean endStream) throws StreamError {
    streams.put(stream);
    overdue.streamBegins();
    connection.callBegins();
    accepted++;
    connection.failIfClosed(stream);
    stream.declareLength(block.contentLength());
    if (endStream) {
      stream.requireDeclaredLength();
      stream.halfClosed();
    } else {
      stream.holdHeaders(size);
    }
    handlers.due(stream);
  }

  private void stopWaiting(ServerCallStream stream) {
    stream.stopWaiting();
    handlers.due(stream);
    handlers.start();
  }

  private void reject(int streamId, boolean endStream, int httpStatus, Status status) {
    refused(streamId, endStream);
    connection.guard().provoked();
    connection.put(
        new Command.RejectRequest(
            streamId, TrailersBlock.rejected(httpStatus, status), !endStream));
  }

  private void refused(int streamId, boolean endStream) {
    if (!endStream) {
      recentlyEnded.add(streamId);
    }
  }

  /** A stream has ended. Any thread. */
  void gone(ServerCallStream stream) {
    streams.remove(stream);
    stream.forgetReceived();
    gracefulShutdown.streamGone();
  }

  /** RST_STREAM of ours is written. Under the writer's role. */
  void resetWritten(ServerCallStream stream) {
    recentlyEnded.add(stream.id());
    gone(stream);
  }

  @Override
  public void reset(Stream stream, int code) throws ConnectionError {
    var call = (ServerCallStream) stream;
    call.reset(code);
    gone(call);
    resetStreams++;
    long now = connection.passBegan();
    if (!call.mayBeReset(now)) {
      resets.reset(now, now - call.openedAt(), answered());
    }
  }

  @Override
  public void madeToReset(boolean wasOpen) throws ConnectionError {
    if (wasOpen) {
      resetStreams++;
    }
    resets.provoked(connection.loop().timers().now(), answered());
  }

  /**
   * {@return the number of requests that ended with an answer; fewer while a reset is yet to be
   * written}
   */
  private int answered() {
    return accepted - resetStreams - streams.size();
  }

  @Override
  public void violated(Stream stream, StreamError error) {
    ((ServerCallStream) stream).violated(error);
  }

  @Override
  public void unreadable(Stream stream) {
    handlers.due((ServerCallStream) stream);
  }

  @Override
  public void dataLate(int streamId, boolean endStream) throws StreamError {
    if (streamId <= lastStreamId && !recentlyEnded.contains(streamId)) { // RFC 9113 §5.1, closed
      throw new StreamError(
          streamId, ErrorCode.STREAM_CLOSED, "DATA on a stream that the client has ended");
    }
    if (endStream) {
      recentlyEnded.remove(streamId);
    }
  }

  @Override
  public void resetLate(int streamId) {
    recentlyEnded.remove(streamId);
  }

  @Override
  public void dataEnded(Stream stream) {
    var call = (ServerCallStream) stream;
    call.halfClosed();
    handlers.due(call);
  }

  /** The connection is gone. */
  void stopTimers() {
    overdue.end();
  }

  @Override
  public void notOpen(int streamId) throws ConnectionError {
    if ((streamId & 1) == 0 || streamId > lastStreamId && !gracefulShutdown.refuses()) {
      throw new ConnectionError( // RFC 9113 §5.1, idle
          ErrorCode.PROTOCOL_ERROR, "a frame on stream " + streamId + ", which is idle");
    }
  }
}

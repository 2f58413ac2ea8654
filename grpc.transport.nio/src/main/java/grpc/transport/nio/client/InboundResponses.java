package grpc.transport.nio.client;

import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.connection.StreamFrames;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.headers.ResponseReader;
import grpc.transport.nio.hpack.HeaderSink;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.outbound.OutboundStream;
import grpc.transport.nio.stream.ClientCallStream;
import grpc.transport.nio.stream.Stream;

/** Applies a server's frames to the streams of a client: responses, their ends, resets. */
final class InboundResponses implements StreamFrames {
  private final Connection connection;
  private final int maxHeaderListSize;
  private final ResponseReader block = new ResponseReader();

  InboundResponses(Connection connection, int maxHeaderListSize) {
    this.connection = connection;
    this.maxHeaderListSize = maxHeaderListSize;
  }

  @Override
  public HeaderSink blockBegins() {
    block.reset();
    return block;
  }

  @Override
  public void blockEnds(int streamId, boolean endStream, boolean overLimit)
      throws ConnectionError, StreamError {
    var stream = (ClientCallStream) connection.streams().find(streamId);
    if (stream == null) {
      notOpen(streamId);
      return; // cancelled a moment ago
    }
    if (overLimit) {
      stream.headersOverLimit(block, maxHeaderListSize, endStream);
    } else {
      stream.headers(block, endStream);
    }
    if (endStream) {
      gone(stream);
    }
  }

  /** The stream has ended. Any thread. */
  void gone(OutboundStream stream) {
    connection.streams().remove(stream);
    if (connection.opensWaiting()) {
      connection.put(new Command.StreamEnded());
    }
  }

  @Override
  public void notOpen(int streamId) throws ConnectionError {
    if ((streamId & 1) == 0) {
      throw new ConnectionError( // RFC 9113 §5.1.1: even ids are pushed, and push is off
          ErrorCode.PROTOCOL_ERROR, "stream " + streamId + " was not opened here (expected: odd)");
    }
    if (streamId > connection.lastOpenedId()) {
      throw new ConnectionError( // RFC 9113 §5.1, idle
          ErrorCode.PROTOCOL_ERROR, "a frame on stream " + streamId + ", which is idle");
    }
  }

  @Override
  public void dataEnded(Stream stream) {
    ((ClientCallStream) stream).endedWithoutTrailers();
    gone(stream);
  }

  @Override
  public void reset(Stream stream, int code) {
    ((ClientCallStream) stream).reset(code);
    gone(stream);
  }

  @Override
  public void violated(Stream stream, StreamError error) {
    ((ClientCallStream) stream).violated(error);
  }
}

package grpc.transport.nio.outbound;

import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.FrameWriter;

/** Ends our half of a stream. Owned by the writer. */
final class StreamEnds {
  private final Output output;
  private final WriterRole role;
  private final Outbox outbox;

  StreamEnds(Output output, WriterRole role, Outbox outbox) {
    this.output = output;
    this.role = role;
    this.outbox = outbox;
  }

  /** END_STREAM is encoded. */
  void ended(OutboundStream stream) {
    stream.endWritten = true;
    if (!stream.endsBothHalves() || stream.remoteEnded()) {
      role.localEnded(stream);
    } else if (output.room() >= FrameWriter.RST_STREAM_SIZE) {
      reset(stream, stream.resetAfterEnd);
    } else {
      outbox.put(new Command.Reset(stream, stream.resetAfterEnd)); // behind very long trailers
    }
  }

  /** Writes RST_STREAM; there must be room. */
  void reset(OutboundStream stream, ErrorCode code) {
    output.reset(stream.id, code);
    stream.endWritten = true;
    stream.resetWritten = true;
    role.resetWritten(stream);
  }
}

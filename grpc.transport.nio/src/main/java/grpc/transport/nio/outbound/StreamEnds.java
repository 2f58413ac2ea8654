package grpc.transport.nio.outbound;

import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.FrameWriter;

/** How our half of a stream ends. Owned by the writer. */
final class StreamEnds {
  private final Output output;
  private final WriterEvents events;
  private final Outbox outbox;

  StreamEnds(Output output, WriterEvents events, Outbox outbox) {
    this.output = output;
    this.events = events;
    this.outbox = outbox;
  }

  /** END_STREAM is encoded. */
  void ended(OutboundStream stream) {
    stream.endWritten = true;
    if (!stream.endsBothHalves() || stream.remoteEnded()) {
      events.localEnded(stream);
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
    events.resetWritten(stream);
  }
}

package grpc.transport.nio.outbound;

import grpc.api.Status;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.FrameWriter;

/**
 * Encodes responses. It sends no header list above the client's limit
 * (SETTINGS_MAX_HEADER_LIST_SIZE, RFC 9113 §6.5.2). A failure loses a part of its message and keeps
 * its code. In place of any other block, it sends a short one with RESOURCE_EXHAUSTED, which ends
 * the call. Server only; owned by the writer.
 */
final class ResponseWriter {
  private final Output output;
  private final DataScheduler scheduler;
  private final SendWindows windows;
  private final StreamEnds ends;
  private final WriterEvents events;
  private final Outbox outbox;

  ResponseWriter(
      Output output,
      DataScheduler scheduler,
      SendWindows windows,
      StreamEnds ends,
      WriterEvents events,
      Outbox outbox) {
    this.output = output;
    this.scheduler = scheduler;
    this.windows = windows;
    this.ends = ends;
    this.events = events;
    this.outbox = outbox;
  }

  /** {@return false when there is no room; then it has no effect} */
  boolean respond(Command.Respond c) {
    OutboundStream stream = c.stream;
    Begun begun = begin(stream, c.headers);
    if (begun != Begun.YES) {
      return begun == Begun.OVER;
    }
    HeaderBlock trailers = fitting(stream, c.trailers);
    int rest = FrameWriter.HEADER_SIZE + trailers.bound() + FrameWriter.RST_STREAM_SIZE;
    if (scheduler.writeNow(stream, c.data, rest)) {
      output.headers(stream.id, trailers, true);
      ends.ended(stream);
    } else {
      stream.enqueue(c.data);
      stream.enqueue(new Command.Trailers(stream, trailers, trailers, false));
      scheduler.add(stream);
    }
    return true;
  }

  /** {@return false when there is no room; then it has no effect} */
  boolean headers(Command.Headers c) {
    return begin(c.stream, c.headers) != Begun.NO_ROOM;
  }

  /** Whether a response has begun. */
  private enum Begun {
    YES,
    /** It has not begun and never will: the call has ended, now or before. */
    OVER,
    /** It has not begun: there was no room. */
    NO_ROOM
  }

  private Begun begin(OutboundStream stream, HeaderBlock headers) {
    if (isOver(stream)) {
      return Begun.OVER;
    }
    if (isTooLarge(headers)) {
      HeaderBlock only = stream.trailers(tooLarge("headers", headers), false);
      return end(stream, only) ? Begun.OVER : Begun.NO_ROOM;
    }
    if (!output.hasRoomForHeaders(headers)) {
      return Begun.NO_ROOM;
    }
    windows.attach(stream);
    output.headers(stream.id, headers, false);
    stream.markHeadersWritten();
    return Begun.YES;
  }

  /** {@return false when there is no room; then it has no effect} */
  boolean trailers(Command.Trailers c) {
    OutboundStream stream = c.stream;
    if (isOver(stream)) {
      return true;
    }
    if (c.dropQueued) {
      stream.dropQueue();
      stream.resetAfterEnd = ErrorCode.CANCEL;
    }
    HeaderBlock block = fitting(stream, c.block());
    if (stream.queueHead != null) {
      stream.enqueue(
          block.equals(c.block()) ? c : new Command.Trailers(stream, block, block, false));
      scheduler.add(stream);
      return true;
    }
    return end(stream, block);
  }

  private boolean end(OutboundStream stream, HeaderBlock block) {
    if (!output.hasRoomForHeaders(block)) {
      return false;
    }
    output.headers(stream.id, block, true);
    ends.ended(stream);
    return true;
  }

  /** {@return false when there is no room; then it has no effect} */
  boolean reject(Command.RejectRequest c) {
    if (!output.hasRoomForHeaders(c.headers)) {
      return false;
    }
    output.headers(c.streamId, c.headers, true);
    if (c.reset) {
      outbox.put(new Command.ResetUnknownStream(c.streamId, ErrorCode.NO_ERROR));
    } else {
      events.provokedFramed();
    }
    return true;
  }

  private static boolean isOver(OutboundStream stream) {
    return stream.endWritten || stream.finished();
  }

  private boolean isTooLarge(HeaderBlock block) {
    return block.isLargerThan(windows.peer().maxHeaderListSize());
  }

  private HeaderBlock fitting(OutboundStream stream, HeaderBlock trailers) {
    if (!isTooLarge(trailers)) {
      return trailers;
    }
    HeaderBlock cut = trailers.cutTo(windows.peer().maxHeaderListSize());
    return isTooLarge(cut)
        ? stream.trailers(tooLarge("trailers", trailers), stream.headersWritten)
        : cut;
  }

  private Status tooLarge(String what, HeaderBlock block) {
    return Status.resourceExhausted(
        "the response's %s of %d bytes are larger than the client's limit of %d bytes"
            .formatted(what, block.listSize(), windows.peer().maxHeaderListSize()));
  }
}

package interop.foreign;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameLogger;
import io.grpc.netty.shaded.io.netty.handler.logging.LogLevel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What a connection of a server sent, its Netty's own refusals included. Read on any thread. */
public final class SentFrames extends Http2FrameLogger {
  private final List<Integer> resets = new CopyOnWriteArrayList<>();
  private final AtomicInteger data = new AtomicInteger();
  private final AtomicInteger padded = new AtomicInteger();

  SentFrames() {
    super(LogLevel.TRACE);
  }

  /** {@return the streams that were reset} */
  public List<Integer> resets() {
    return List.copyOf(resets);
  }

  /** {@return how many DATA frames there were} */
  public int data() {
    return data.get();
  }

  /** {@return how many of them had padding} */
  public int padded() {
    return padded.get();
  }

  @Override
  public void logData(
      Direction direction,
      ChannelHandlerContext context,
      int stream,
      ByteBuf bytes,
      int padding,
      boolean end) {
    if (direction == Direction.OUTBOUND) {
      data.incrementAndGet();
      padded.addAndGet(padding > 0 ? 1 : 0);
    }
  }

  @Override
  public void logRstStream(
      Direction direction, ChannelHandlerContext context, int stream, long code) {
    if (direction == Direction.OUTBOUND) {
      resets.add(stream);
    }
  }
}

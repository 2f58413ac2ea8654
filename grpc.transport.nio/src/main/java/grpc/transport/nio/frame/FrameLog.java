package grpc.transport.nio.frame;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each frame of a connection at TRACE, in one line with columns that line up: {@code <<
 * 0x0000000f 12 HEADERS END_STREAM|END_HEADERS} and the peer's address.
 */
public final class FrameLog {
  private static final Logger log = LoggerFactory.getLogger("grpc.http2.frames");

  private final Supplier<?> peer;

  /**
   * The log of one connection.
   *
   * @param peer the peer's address; asked only when a frame is logged
   */
  public FrameLog(Supplier<?> peer) {
    this.peer = peer;
  }

  /** A frame came in. */
  public void received(int length, int type, int flags, int streamId) {
    if (log.isTraceEnabled()) {
      log.trace("{} {}", line("<<", length, type, flags, streamId), peer.get());
    }
  }

  /** A frame goes out. */
  void sent(int length, int type, int flags, int streamId) {
    if (log.isTraceEnabled()) {
      log.trace("{} {}", line(">>", length, type, flags, streamId), peer.get());
    }
  }

  static String line(String direction, int length, int type, int flags, int streamId) {
    return "%s 0x%08x %5d %-13s %s"
        .formatted(
            direction, streamId, length, FrameType.describe(type), Flags.describe(type, flags))
        .stripTrailing();
  }
}

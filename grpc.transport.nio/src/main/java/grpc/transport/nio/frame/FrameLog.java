package grpc.transport.nio.frame;

/**
 * One line a frame, for logging at TRACE: {@code << 0x0000000f 12 HEADERS END_STREAM|END_HEADERS}
 * with columns that line up.
 */
public final class FrameLog {
  private FrameLog() {}

  /** The line of a frame that came in. */
  public static String in(int length, int type, int flags, int streamId) {
    return line("<<", length, type, flags, streamId);
  }

  /** The line of a frame that goes out. */
  public static String out(int length, int type, int flags, int streamId) {
    return line(">>", length, type, flags, streamId);
  }

  private static String line(String direction, int length, int type, int flags, int streamId) {
    String name = FrameType.describe(type);
    String text =
        "%s 0x%08x %5d %-13s %s"
            .formatted(direction, streamId, length, name, Flags.describe(type, flags));
    return text.stripTrailing();
  }
}

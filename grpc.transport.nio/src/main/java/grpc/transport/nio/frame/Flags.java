package grpc.transport.nio.frame;

import java.util.StringJoiner;

/** The frame flags of RFC 9113 §6. The meaning of a bit depends on the frame's type. */
public final class Flags {
  /** No flag. */
  public static final int NONE = 0;

  /** On SETTINGS and PING: the answer to the peer's. */
  public static final int ACK = 0x1;

  /** On DATA and HEADERS: the last frame of the stream in this direction. */
  public static final int END_STREAM = 0x1;

  /** On HEADERS, PUSH_PROMISE and CONTINUATION: the field block is complete. */
  public static final int END_HEADERS = 0x4;

  /** On DATA, HEADERS and PUSH_PROMISE: a pad length byte comes first, padding last. */
  public static final int PADDED = 0x8;

  /** On HEADERS: five bytes of the deprecated priority come before the field block. */
  public static final int PRIORITY = 0x20;

  private Flags() {}

  /** Whether {@code flags} has the bit {@code flag}. */
  static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  /** The flags by name, {@code END_STREAM|END_HEADERS}; bits without a name as hexadecimal. */
  static String describe(int type, int flags) {
    if (flags == 0) {
      return "";
    }
    var names = new StringJoiner("|");
    int rest = flags;
    for (int bit = 1; bit <= 0x80; bit <<= 1) {
      String name = has(flags, bit) ? name(type, bit) : "";
      if (name.isEmpty()) {
        continue;
      }
      names.add(name);
      rest &= ~bit;
    }
    if (rest != 0) {
      names.add("0x" + Integer.toHexString(rest));
    }
    return names.toString();
  }

  private static String name(int type, int bit) {
    boolean data = type == FrameType.DATA.code();
    boolean headers = type == FrameType.HEADERS.code();
    boolean push = type == FrameType.PUSH_PROMISE.code();
    return switch (bit) {
      case 0x1 -> {
        if (data || headers) {
          yield "END_STREAM";
        }
        yield type == FrameType.SETTINGS.code() || type == FrameType.PING.code() ? "ACK" : "";
      }
      case END_HEADERS ->
          headers || push || type == FrameType.CONTINUATION.code() ? "END_HEADERS" : "";
      case PADDED -> data || headers || push ? "PADDED" : "";
      case PRIORITY -> headers ? "PRIORITY" : "";
      default -> "";
    };
  }
}

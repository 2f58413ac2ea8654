package grpc.transport.nio.frame;

import java.nio.ByteBuffer;

/**
 * The parameters of one side of a connection (RFC 9113 §6.5.2). The 32-bit values that may exceed
 * an int are longs.
 *
 * @param headerTableSize bytes of HPACK dynamic table the sender of these settings decodes with
 * @param enablePush whether the sender accepts PUSH_PROMISE
 * @param maxConcurrentStreams streams the peer may have open at once, or {@link #UNLIMITED}
 * @param initialWindowSize bytes of window a new stream starts with
 * @param maxFrameSize longest frame payload the sender accepts, in bytes
 * @param maxHeaderListSize advisory limit of a header list, in bytes as §6.5.2 counts them, or
 *     {@link #UNLIMITED}
 */
public record Settings(
    long headerTableSize,
    boolean enablePush,
    long maxConcurrentStreams,
    int initialWindowSize,
    int maxFrameSize,
    long maxHeaderListSize) {

  /** The value of a limit that was never sent. */
  public static final long UNLIMITED = 0xffff_ffffL;

  /** The identifier of SETTINGS_HEADER_TABLE_SIZE. */
  public static final int HEADER_TABLE_SIZE = 1;

  /** The identifier of SETTINGS_ENABLE_PUSH. */
  public static final int ENABLE_PUSH = 2;

  /** The identifier of SETTINGS_MAX_CONCURRENT_STREAMS. */
  public static final int MAX_CONCURRENT_STREAMS = 3;

  /** The identifier of SETTINGS_INITIAL_WINDOW_SIZE. */
  public static final int INITIAL_WINDOW_SIZE = 4;

  /** The identifier of SETTINGS_MAX_FRAME_SIZE. */
  public static final int MAX_FRAME_SIZE = 5;

  /** The identifier of SETTINGS_MAX_HEADER_LIST_SIZE. */
  public static final int MAX_HEADER_LIST_SIZE = 6;

  /** The smallest and initial SETTINGS_MAX_FRAME_SIZE. */
  public static final int SMALLEST_MAX_FRAME_SIZE = 16_384;

  /** The largest SETTINGS_MAX_FRAME_SIZE: 2^24 − 1. */
  public static final int LARGEST_MAX_FRAME_SIZE = 16_777_215;

  /** The size of one entry in a SETTINGS payload: a 16-bit identifier and a 32-bit value. */
  static final int ENTRY_SIZE = 6;

  /** The values before any SETTINGS frame. */
  public static final Settings DEFAULT =
      new Settings(4096, true, UNLIMITED, 65_535, SMALLEST_MAX_FRAME_SIZE, UNLIMITED);

  /**
   * These settings with one of them changed; an unknown identifier changes nothing (§6.5.2).
   *
   * @param id the 16-bit identifier
   * @param value the unsigned 32-bit value
   * @throws ConnectionError if the value is outside the range of §6.5.2
   */
  public Settings with(int id, long value) throws ConnectionError {
    return switch (id) {
      case HEADER_TABLE_SIZE ->
          new Settings(
              value,
              enablePush,
              maxConcurrentStreams,
              initialWindowSize,
              maxFrameSize,
              maxHeaderListSize);
      case ENABLE_PUSH -> {
        check("ENABLE_PUSH", value, 0, 1, ErrorCode.PROTOCOL_ERROR);
        yield new Settings(
            headerTableSize,
            value == 1,
            maxConcurrentStreams,
            initialWindowSize,
            maxFrameSize,
            maxHeaderListSize);
      }
      case MAX_CONCURRENT_STREAMS ->
          new Settings(
              headerTableSize,
              enablePush,
              value,
              initialWindowSize,
              maxFrameSize,
              maxHeaderListSize);
      case INITIAL_WINDOW_SIZE -> {
        check("INITIAL_WINDOW_SIZE", value, 0, Integer.MAX_VALUE, ErrorCode.FLOW_CONTROL_ERROR);
        yield new Settings(
            headerTableSize,
            enablePush,
            maxConcurrentStreams,
            (int) value,
            maxFrameSize,
            maxHeaderListSize);
      }
      case MAX_FRAME_SIZE -> {
        check(
            "MAX_FRAME_SIZE",
            value,
            SMALLEST_MAX_FRAME_SIZE,
            LARGEST_MAX_FRAME_SIZE,
            ErrorCode.PROTOCOL_ERROR);
        yield new Settings(
            headerTableSize,
            enablePush,
            maxConcurrentStreams,
            initialWindowSize,
            (int) value,
            maxHeaderListSize);
      }
      case MAX_HEADER_LIST_SIZE ->
          new Settings(
              headerTableSize,
              enablePush,
              maxConcurrentStreams,
              initialWindowSize,
              maxFrameSize,
              value);
      default -> this;
    };
  }

  /**
   * These settings with all entries of a SETTINGS payload applied in their order (§6.5.3).
   *
   * @param entries a payload whose length the {@link FrameReader} has checked; is consumed
   * @throws ConnectionError if a value is outside the range of §6.5.2
   */
  public Settings with(ByteBuffer entries) throws ConnectionError {
    Settings settings = this;
    while (entries.remaining() >= ENTRY_SIZE) {
      int id = Short.toUnsignedInt(entries.getShort());
      settings = settings.with(id, Integer.toUnsignedLong(entries.getInt()));
    }
    return settings;
  }

  /**
   * Checks that a server does not enable push.
   *
   * @param entries a SETTINGS payload; is not consumed
   * @throws ConnectionError if ENABLE_PUSH is 1 (§6.5.2)
   */
  public static void requireNoPush(ByteBuffer entries) throws ConnectionError {
    for (int at = entries.position(); at + ENTRY_SIZE <= entries.limit(); at += ENTRY_SIZE) {
      if (entries.getShort(at) == ENABLE_PUSH && entries.getInt(at + 2) == 1) {
        throw new ConnectionError(
            ErrorCode.PROTOCOL_ERROR, "ENABLE_PUSH: 1 from a server (expected: 0 or none)");
      }
    }
  }

  private static void check(String name, long value, int least, int most, ErrorCode code)
      throws ConnectionError {
    if (value < least || value > most) {
      throw new ConnectionError(
          code, name + ": " + value + " (expected: " + least + ".." + most + ")");
    }
  }
}

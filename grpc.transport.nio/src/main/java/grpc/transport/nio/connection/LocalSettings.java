package grpc.transport.nio.connection;

import grpc.transport.nio.frame.Settings;

/** The values of our SETTINGS, with reasons. */
public final class LocalSettings {
  /**
   * A stream's receive window in bytes: larger than a message of 64 KiB, so that such a message
   * comes without waiting for WINDOW_UPDATE. Larger messages widen the window for themselves.
   */
  public static final int STREAM_WINDOW = 256 * 1024;

  private LocalSettings() {}

  public static Settings client(int maxHeaderListSize) {
    return of(false, Settings.UNLIMITED, maxHeaderListSize);
  }

  public static Settings server(int maxConcurrentStreams, int maxHeaderListSize) {
    return of(true, maxConcurrentStreams, maxHeaderListSize);
  }

  /** Only clients send ENABLE_PUSH (RFC 9113 §6.5.2); true is its default, so it is not sent. */
  private static Settings of(boolean push, long maxConcurrentStreams, int maxHeaderListSize) {
    return new Settings(
        Settings.DEFAULT.headerTableSize(),
        push,
        maxConcurrentStreams,
        STREAM_WINDOW,
        Settings.DEFAULT.maxFrameSize(),
        maxHeaderListSize);
  }
}

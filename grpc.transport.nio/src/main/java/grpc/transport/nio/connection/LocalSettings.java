package grpc.transport.nio.connection;

import grpc.transport.nio.frame.Settings;

/** What we say in SETTINGS, and why. */
public final class LocalSettings {
  /**
   * Bytes that may be under way to us on a stream: more than a message of 64 KiB, so that it comes
   * without waiting for WINDOW_UPDATE; larger messages widen the window for themselves.
   */
  public static final int STREAM_WINDOW = 256 * 1024;

  private LocalSettings() {}

  public static Settings client(int maxHeaderListSize) {
    return of(false, Settings.UNLIMITED, maxHeaderListSize);
  }

  public static Settings server(int maxConcurrentStreams, int maxHeaderListSize) {
    return of(true, maxConcurrentStreams, maxHeaderListSize);
  }

  /** ENABLE_PUSH is sent by clients only (RFC 9113 §6.5.2); true is its default, so unsent. */
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

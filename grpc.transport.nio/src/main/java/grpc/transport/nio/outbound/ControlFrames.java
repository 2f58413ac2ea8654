package grpc.transport.nio.outbound;

import grpc.transport.nio.frame.FrameWriter;
import grpc.transport.nio.frame.Preface;
import grpc.transport.nio.frame.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The frames that begin and end a connection. */
final class ControlFrames {
  /** Bytes of debug data that we send at most. */
  private static final int MAX_DEBUG = 256;

  private ControlFrames() {}

  static void preface(ByteBuffer out, Command.Preface c) {
    if (c.preface) {
      Preface.write(out);
    }
    FrameWriter.settings(out, c.settings);
    int more = c.connectionWindow - Settings.DEFAULT.initialWindowSize();
    if (more > 0) {
      FrameWriter.windowUpdate(out, 0, more);
    }
  }

  static void goAway(ByteBuffer out, Command.GoAway c) {
    byte[] debug = c.debug.getBytes(StandardCharsets.UTF_8);
    byte[] shown = debug.length <= MAX_DEBUG ? debug : Arrays.copyOf(debug, MAX_DEBUG);
    FrameWriter.goAway(out, c.lastStreamId, c.code, shown);
  }
}

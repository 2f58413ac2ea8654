package grpc.transport.nio.outbound;

import grpc.transport.nio.frame.Preface;
import grpc.transport.nio.frame.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The frames that begin and end a connection. */
final class ControlFrames {
  /** The most bytes of debug data that we send. */
  static final int MAX_DEBUG = 256;

  private ControlFrames() {}

  static void preface(Output output, Command.Preface c) {
    if (c.preface) {
      Preface.write(output.buffer());
    }
    output.frames().settings(output.buffer(), c.settings);
    int more = c.connectionWindow - Settings.DEFAULT.initialWindowSize();
    if (more > 0) {
      output.frames().windowUpdate(output.buffer(), 0, more);
    }
  }

  static void goAway(Output output, Command.GoAway c) {
    byte[] debug = c.debug.getBytes(StandardCharsets.UTF_8);
    byte[] shown = debug.length <= MAX_DEBUG ? debug : Arrays.copyOf(debug, MAX_DEBUG);
    output.frames().goAway(output.buffer(), c.lastStreamId, c.code, shown);
  }
}

package grpc.transport.nio.wire;

import grpc.spi.failure.Reason;
import java.io.IOException;

/** Recognizes the system's error for a process without free file descriptors, and adds advice. */
final class Descriptors {
  private static final String EMFILE = "Too many open files";

  static {
    String _ = explain(new IOException(EMFILE)); // now: to load classes later may take descriptors
  }

  private Descriptors() {}

  /** {@return the exception's message, with advice if descriptors have run out} */
  static String explain(IOException e) {
    String message = Reason.of(e);
    return message.contains(EMFILE)
        ? message + " (the process has no file descriptors left: raise its limit, ulimit -n)"
        : message;
  }
}

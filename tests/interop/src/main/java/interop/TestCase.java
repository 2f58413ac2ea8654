package interop;

import grpc.api.Channel;
import grpc.api.StatusCode;
import grpc.api.StatusException;

/** One interoperability test. */
@FunctionalInterface
interface TestCase {
  /** A case that needs no more than a channel. */
  @FunctionalInterface
  interface OnChannel {
    /** Passes by returning. */
    void run(Channel channel) throws Exception;
  }

  /** Passes by returning. */
  void run(Setup setup) throws Exception;

  /** {@return the case} */
  static TestCase on(OnChannel test) {
    return setup -> test.run(setup.channel());
  }

  /** {@return how the call ended} */
  static StatusCode codeOf(Runnable call) {
    try {
      call.run();
    } catch (StatusException e) {
      return e.code();
    }
    return StatusCode.OK;
  }

  /** Fails the case unless both are equal. */
  static void expect(Object expected, Object found, String what) {
    if (!expected.equals(found)) {
      throw new AssertionError(what + ": " + found + " (expected: " + expected + ")");
    }
  }
}

package interop;

import grpc.api.Channel;

/** One interoperability test. */
@FunctionalInterface
interface TestCase {
  /** Passes by returning. */
  void run(Channel channel) throws Exception;

  /** Fails the case unless both are equal. */
  static void expect(Object expected, Object found, String what) {
    if (!expected.equals(found)) {
      throw new AssertionError(what + ": " + found + " (expected: " + expected + ")");
    }
  }
}

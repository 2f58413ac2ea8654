package interop;

import grpc.kernel.GrpcChannel;
import launcher.Flags;

/** Runs one case of the interoperability tests; exit 0 says that it passed. */
public final class InteropClient {
  private InteropClient() {}

  /** Runs {@code interop-client}. */
  public static void main(String[] args) {
    var flags =
        Flags.of("interop-client", "runs one interoperability test; exit 0: passed")
            .option("server_host", "HOST", "localhost", "whom to call")
            .option("server_port", "N", "8080", "TCP port to call")
            .required("test_case", "CASE", "one of " + String.join(" ", TestCases.ALL.keySet()))
            .parse(args);
    String name = flags.text("test_case");
    TestCase test = TestCases.ALL.get(name);
    if (test == null) {
      throw flags.usage(
          "unknown test case " + name + " (expected: " + TestCases.ALL.keySet() + ")");
    }
    System.exit(run(name, test, flags) ? 0 : 1);
  }

  private static boolean run(String name, TestCase test, Flags flags) {
    String target = flags.text("server_host") + ":" + flags.number("server_port", 1);
    try (var channel = GrpcChannel.open("dns:///" + target)) {
      test.run(channel);
      System.out.println(name + " passed");
      return true;
    } catch (Exception | AssertionError e) {
      System.err.println(name + " failed: " + e);
      return false;
    }
  }
}

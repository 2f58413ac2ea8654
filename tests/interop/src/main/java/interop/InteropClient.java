package interop;

import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcChannelBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import launcher.Flags;
import launcher.Launch;
import launcher.Plugins;

/** Runs cases of the interoperability tests; exit 0 says that all of them passed. */
public final class InteropClient {
  private InteropClient() {}

  /** Runs {@code interop-client}. */
  public static void main(String[] args) {
    var flags =
        Flags.of("interop-client", "runs interoperability tests; exit 0: passed")
            .option("server_host", "HOST", "localhost", "server to call")
            .option("server_port", "N", "8080", "TCP port to call")
            .option("service_config_json", "JSON", "{}", "service config where the name has none")
            .required("test_case", "CASE,...", TestCases.choice());
    Launch.run(Plugins.flag(Plaintext.flag(Soak.flags(flags))), args, InteropClient::run);
  }

  private static int run(Flags flags) {
    Plaintext.require(flags);
    var cases = cases(flags);
    String target = "dns:///" + flags.text("server_host") + ":" + flags.port("server_port", 1);
    boolean passed = true;
    var runtime = Plugins.runtime(flags);
    Supplier<GrpcChannelBuilder> another =
        () ->
            GrpcChannel.builder(target, ChannelCredentials.plaintext())
                .runtime(runtime)
                .defaultServiceConfig(flags.text("service_config_json"))
                .maxReceiveMessageSize(TestServer.MAX_MESSAGE_SIZE);
    try (var channel = another.get().open()) {
      var setup = new Setup(channel, another, Soak.of(flags));
      for (var test : cases.entrySet()) {
        passed &= passes(test.getKey(), test.getValue(), setup);
      }
    }
    return passed ? 0 : 1;
  }

  private static Map<String, TestCase> cases(Flags flags) {
    String given = flags.text("test_case");
    if (given.equals("all")) {
      return TestCases.ALL;
    }
    var cases = new LinkedHashMap<String, TestCase>();
    for (String name : List.of(given.split(",", -1))) {
      var test = TestCases.find(name);
      cases.put(
          name,
          test.orElseThrow(() ->
              flags.usage(
                  "unknown test case '%s' (expected: %s)".formatted(name, TestCases.choice()))));
    }
    return cases;
  }

  private static boolean passes(String name, TestCase test, Setup setup) {
    try {
      test.run(setup);
      System.out.println(name + " passed");
      return true;
    } catch (Exception | AssertionError e) {
      System.err.println(name + " failed: " + e);
      return false;
    }
  }
}

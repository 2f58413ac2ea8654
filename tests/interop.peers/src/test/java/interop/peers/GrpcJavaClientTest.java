package interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** grpc-java's client, a process a case, against our server, made from modules. */
@Timeout(55)
class GrpcJavaClientTest {
  /** Their client sees load reports only through this policy of theirs. */
  private static final String BACKEND_METRICS =
      "{\"loadBalancingConfig\":[{\"test_backend_metrics_load_balancer\":{}}]}";

  private static Program server;
  private static String port;

  @BeforeAll
  static void start() throws Exception {
    server = Program.ours("InteropServer", "--port=0");
    port = server.await("listens on port ").replaceFirst(".* ", "");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource({"interop.peers.Cases#ALL", "interop.peers.Cases#OWN_SERVER_ONLY"})
  void passes(String name) throws Exception {
    try (var client =
        Program.theirs(
            "TestServiceClient",
            Cases.flags(
                "--server_host=localhost",
                "--server_port=" + port,
                "--use_tls=false",
                "--service_config_json=" + (name.startsWith("orca_") ? BACKEND_METRICS : "{}"),
                "--test_case=" + name))) {
      var result = client.result();
      assertEquals(0, result.exit(), result::toString);
      assertTrue(result.lines().contains("Test completed."), result::toString);
    }
  }
}

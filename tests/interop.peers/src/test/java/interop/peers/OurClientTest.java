package interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Our client against grpc-java's server, each in a process of its own. */
@Timeout(55)
class OurClientTest {
  @TestFactory
  Stream<DynamicTest> passesAgainstGrpcJava() throws Exception {
    int port = FreePort.choose();
    try (var server = Program.theirs("TestServiceServer", "--port=" + port, "--use_tls=false")) {
      server.await("Server started on port " + port);
      Program.Result result;
      try (var client =
          Program.ours(
              "InteropClient",
              Cases.flags(
                  "--server_port=" + port,
                  "--use_tls=false",
                  "--test_case=" + String.join(",", Cases.ALL)))) {
        result = client.result();
      }
      var cases =
          Cases.ALL.stream()
              .map(name ->
                  DynamicTest.dynamicTest(
                      name,
                      () ->
                          assertTrue(result.lines().contains(name + " passed"), result::toString)));
      return Stream.concat(
          cases,
          Stream.of(DynamicTest.dynamicTest("exit code", () -> assertEquals(0, result.exit()))));
    }
  }

  @Test
  void passesFromTheClassPathToo() throws Exception {
    try (var server = Program.oursFromTheClassPath("InteropServer", "--port=0")) {
      String port = server.await("listens on port ").replaceFirst(".* ", "");
      try (var client =
          Program.oursFromTheClassPath(
              "InteropClient", Cases.flags("--server_port=" + port, "--test_case=all"))) {
        var result = client.result();
        assertEquals(0, result.exit(), result::toString);
        assertTrue(result.lines().contains("empty_unary passed"), result::toString);
      }
    }
  }

  @Test
  void failsWhereNobodyListens() throws Exception {
    int port = FreePort.choose();
    try (var client =
        Program.ours("InteropClient", "--server_port=" + port, "--test_case=empty_unary")) {
      var result = client.result();
      assertEquals(1, result.exit(), result::toString);
      assertTrue(result.lines().getLast().startsWith("empty_unary failed: "), result::toString);
    }
  }
}

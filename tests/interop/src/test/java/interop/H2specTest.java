package interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ServerCredentials;
import grpc.kernel.GrpcServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interop server before h2spec in strict mode: all that RFC 9113 demands of a server. */
class H2specTest {
  @TempDir private Path folder;

  @Test
  void passesWhole() throws Exception {
    H2spec h2spec;
    try {
      h2spec = H2spec.in(folder);
    } catch (IOException e) {
      System.err.println("h2spec is not run: " + e.getMessage());
      Assumptions.abort(e.getMessage());
      return;
    }
    try (var server =
        new TestServer()
            .on(GrpcServer.builder().listen(0, ServerCredentials.plaintext()))
            .start()) {
      String verdict = h2spec.judge(server.port());
      assertTrue(verdict.contains("146 tests, 146 passed, 0 skipped, 0 failed"), verdict);
    }
  }
}

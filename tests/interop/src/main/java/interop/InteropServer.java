package interop;

import grpc.api.ServerCredentials;
import grpc.kernel.GrpcServer;
import launcher.Flags;
import launcher.Launch;
import launcher.Plugins;
import launcher.Serving;

/** Serves the interoperability tests. */
public final class InteropServer {
  private InteropServer() {}

  /** Runs {@code interop-server}. */
  public static void main(String[] args) {
    var flags =
        Flags.of("interop-server", "serves grpc.testing.TestService, and load reports")
            .option("port", "N", "8080", "TCP port to listen on; 0 for any free one")
            .option("grace", "SECONDS", "10", "how long running calls may take after SIGTERM");
    Launch.run(Plugins.flag(Plaintext.flag(flags)), args, InteropServer::serve);
  }

  private static int serve(Flags flags) throws InterruptedException {
    Plaintext.require(flags);
    var listening =
        GrpcServer.builder()
            .runtime(Plugins.runtime(flags))
            .listen(flags.port("port", 0), ServerCredentials.plaintext());
    try (var server = new TestServer().on(listening).start()) {
      Serving.untilTerminated("interop-server", server, flags.seconds("grace"));
    }
    return 0;
  }
}

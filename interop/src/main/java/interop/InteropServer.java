package interop;

import grpc.kernel.GrpcServer;
import launcher.Flags;
import launcher.Serving;

/** Serves the interoperability tests. */
public final class InteropServer {
  private InteropServer() {}

  /** Runs {@code interop-server}. */
  public static void main(String[] args) throws InterruptedException {
    var flags =
        Flags.of("interop-server", "serves grpc.testing.TestService")
            .option("port", "N", "8080", "TCP port to listen on; 0 for any free one")
            .option("grace", "SECONDS", "10", "how long running calls may take after SIGTERM")
            .parse(args);
    try (var server =
        GrpcServer.builder().listen(flags.number("port", 0)).service(new TestServer()).start()) {
      System.out.println("interop-server listens on port " + server.port());
      Serving.untilTerminated(server, flags.seconds("grace"));
    }
  }
}

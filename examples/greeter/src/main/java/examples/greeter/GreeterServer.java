package examples.greeter;

import grpc.kernel.GrpcServer;
import launcher.Flags;
import launcher.Launch;
import launcher.Serving;

/** Serves the greeter. */
public final class GreeterServer {
  private GreeterServer() {}

  /** Runs {@code greeter-server}. */
  public static void main(String[] args) {
    var flags =
        Flags.of("greeter-server", "greets whoever calls")
            .option("port", "N", "50051", "TCP port to listen on; 0 for any free one")
            .option("name", "S", "greeter", "name that the replies carry")
            .option("grace", "SECONDS", "10", "how long running calls may take after SIGTERM");
    Launch.run(flags, args, GreeterServer::serve);
  }

  private static int serve(Flags flags) throws InterruptedException {
    try (var server =
        GrpcServer.builder()
            .listen(flags.port("port", 0))
            .service(new Greeter(flags.text("name")))
            .start()) {
      Serving.untilTerminated(flags.text("name"), server, flags.seconds("grace"));
    }
    return 0;
  }
}

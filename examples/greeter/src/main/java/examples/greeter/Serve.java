package examples.greeter;

import grpc.api.ServerCredentials;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import grpc.kernel.info.Finding;
import java.util.stream.Collectors;
import launcher.Flags;
import launcher.Launch;
import launcher.Plugins;
import launcher.ServiceConfigs;
import launcher.Serving;

/** Serves the greeter. */
public final class Serve {
  private Serve() {}

  /** Runs {@code greeter-server}. */
  public static void main(String[] args) {
    var flags =
        Flags.of("greeter-server", "greets its callers")
            .option("port", "N", "50051", "TCP port to listen on; 0 for any free one")
            .option("name", "S", "greeter", "name in the replies")
            .option("grace", "SECONDS", "10", "time for running calls after SIGTERM");
    ServiceConfigs.flag(flags, "service config of the clients, checked before the start");
    Launch.run(Plugins.flag(flags), args, Serve::serve);
  }

  private static int serve(Flags flags) throws InterruptedException {
    var runtime = Plugins.runtime(flags);
    ServiceConfigs.json(flags).ifPresent(json -> check(flags, runtime, json));
    try (var server =
        GrpcServer.builder()
            .runtime(runtime)
            .listen(flags.port("port", 0), ServerCredentials.plaintext())
            .service(new Greeter(flags.text("name")))
            .start()) {
      Serving.untilTerminated(flags.text("name"), server, flags.seconds("grace"));
    }
    return 0;
  }

  /** Checks the service config for clients with these modules; a server itself ignores it. */
  private static void check(Flags flags, GrpcRuntime runtime, String json) {
    var findings = runtime.check("ipv4:127.0.0.1:" + flags.port("port", 0), json);
    if (!findings.isEmpty()) {
      throw flags.usage(
          "--%s: %s"
              .formatted(
                  ServiceConfigs.FLAG,
                  findings.stream().map(Finding::message).collect(Collectors.joining("; "))));
    }
  }
}

package examples.proxy;

import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import launcher.Flags;
import launcher.Launch;
import launcher.Serving;

/** Serves the proxy. */
public final class ProxyServer {
  private ProxyServer() {}

  /** Runs {@code proxy}. */
  public static void main(String[] args) {
    var flags =
        Flags.of("proxy", "forwards every call to another server")
            .required(
                "target", "TARGET", "server to forward to, for example dns:///localhost:50051")
            .option("port", "N", "50050", "TCP port to listen on; 0 for any free one")
            .option("grace", "SECONDS", "10", "time for running calls after SIGTERM");
    Launch.run(flags, args, ProxyServer::serve);
  }

  private static int serve(Flags flags) throws InterruptedException {
    try (var backend = GrpcChannel.open(flags.text("target"), ChannelCredentials.plaintext());
        var server =
            GrpcServer.builder()
                .listen(flags.port("port", 0), ServerCredentials.plaintext())
                .fallback(new Proxy(backend))
                .maxReceiveMessageSize(Integer.MAX_VALUE) // the backend has its own limit
                .start()) {
      Serving.untilTerminated("proxy", server, flags.seconds("grace"));
    }
    return 0;
  }
}

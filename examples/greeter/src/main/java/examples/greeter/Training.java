package examples.greeter;

import grpc.api.ServerCredentials;
import grpc.kernel.GrpcServer;

/**
 * The training run for the image's ahead-of-time cache: a client calls a server in every way, in
 * one process.
 */
public final class Training {
  private Training() {}

  /** Runs the training. */
  public static void main(String[] args) {
    try (var server =
        GrpcServer.builder()
            .listen(0, ServerCredentials.plaintext())
            .service(new Greeter("training"))
            .start()) {
      for (String scheme : new String[] {"dns:///localhost:", "ipv4:127.0.0.1:"}) {
        Greet.main(
            new String[] {
              "--target", scheme + server.port(),
              "--count", "200",
              "--policy", "round_robin",
              "--compression", "gzip",
              "--streams"
            });
      }
    }
  }
}

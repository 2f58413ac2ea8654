package examples.guide;

import grpc.api.ServerCredentials;
import grpc.kernel.GrpcServer;
import java.time.Duration;

/** README's first server. */
final class FirstServer {
  void main() throws InterruptedException {
    try (var server =
        GrpcServer.builder()
            .listen(50051, ServerCredentials.plaintext())
            .service(new Greeter())
            .start()) {
      server.awaitTermination(Duration.ofSeconds(10)); // until SIGTERM
    }
  }
}

package com.acme.hello;

import grpc.api.ServerCredentials;
import grpc.kernel.GrpcServer;
import java.time.Duration;

/** Serves the greeter on port 50051, in plaintext. */
public final class Server {
  private Server() {}

  /** Runs until SIGTERM. */
  public static void main(String[] args) throws InterruptedException {
    try (var server =
        GrpcServer.builder()
            .listen(50051, ServerCredentials.plaintext())
            .service(new Greeter())
            .start()) {
      IO.println("listening on port " + server.port());
      server.awaitTermination(Duration.ofSeconds(10));
    }
  }
}

package interop;

import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;

/** What the image's ahead-of-time cache is trained on: every case against the server. */
public final class Training {
  private Training() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (var server = GrpcServer.builder().listen(0).service(new TestServer()).start();
        var channel = GrpcChannel.open("dns:///localhost:" + server.port())) {
      for (var test : TestCases.ALL.values()) {
        test.run(channel);
      }
    }
  }
}

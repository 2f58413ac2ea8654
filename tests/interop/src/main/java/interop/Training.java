package interop;

import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import java.time.Duration;

/** What the image's ahead-of-time cache is trained on: every case against the server. */
public final class Training {
  private static final Duration TIME = Duration.ofSeconds(20);

  private Training() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (var server =
            new TestServer()
                .on(GrpcServer.builder().listen(0, ServerCredentials.plaintext()))
                .start();
        var channel =
            GrpcChannel.open("dns:///localhost:" + server.port(), ChannelCredentials.plaintext())) {
      String target = "dns:///localhost:" + server.port();
      var soak = new Soak(10, 10, TIME, Duration.ZERO, TIME, 100, 100, 2);
      for (var each : TestCases.ALL.values()) {
        each.run(Setup.to(target, channel, soak));
      }
    }
  }
}

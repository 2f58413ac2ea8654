package interop;

import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every case against the server of this module, over TCP. */
@Timeout(50)
class OwnServerTest {
  private static GrpcServer server;
  private static GrpcChannel channel;
  private static Setup setup;

  @BeforeAll
  static void start() {
    server =
        new TestServer().on(GrpcServer.builder().listen(0, ServerCredentials.plaintext())).start();
    String target = "dns:///localhost:" + server.port();
    channel = GrpcChannel.open(target, ChannelCredentials.plaintext());
    var time = Duration.ofSeconds(40);
    setup =
        Setup.to(target, channel, new Soak(60, 0, time, Duration.ZERO, time, 271_828, 314_159, 3));
  }

  @AfterAll
  static void stop() {
    channel.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> passes() {
    return TestCases.ALL.entrySet().stream()
        .map(test -> DynamicTest.dynamicTest(test.getKey(), () -> test.getValue().run(setup)));
  }
}

package interop;

import static interop.TestCase.expect;

import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.api.StatusCode;
import interop.proto.TestServiceClient;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Cases that a server plays on the level of HTTP/2, from gRPC's http2-interop-test-descriptions.
 */
final class Http2Cases {
  private static final int CALLS_AT_ONCE = 10;

  /** How long the description lets the GOAWAY take. */
  private static final Duration FOR_GOAWAY = Duration.ofSeconds(1);

  private Http2Cases() {}

  /** The server says GOAWAY to the first call; what it can check is that two connections came. */
  static void goAway(Setup setup) throws InterruptedException {
    try (var channel = setup.another().get().open()) {
      UnaryCases.largeUnary(channel);
      channel.awaitChange(ConnectivityState.READY, FOR_GOAWAY);
      UnaryCases.largeUnary(channel);
    }
  }

  /** The server ends the stream with RST_STREAM(NO_ERROR), wherever in its answer. */
  static void reset(Channel channel) {
    var client = new TestServiceClient(channel);
    var code = TestCase.codeOf(() -> client.unaryCall(UnaryCases.large().build()));
    // gRPC's table of HTTP/2 error codes; the description asks only for a failure
    expect(StatusCode.INTERNAL, code, "code");
  }

  /** The server allows one stream at a time. */
  static void maxStreams(Channel channel) throws Exception {
    UnaryCases.largeUnary(channel); // by its end the server's SETTINGS are there
    var client = new TestServiceClient(channel);
    var request = UnaryCases.large().build();
    var answers =
        Stream.generate(() -> client.unaryCallAsync(request)).limit(CALLS_AT_ONCE).toList();
    for (var answer : answers) {
      UnaryCases.expectLarge(answer.get());
    }
  }
}

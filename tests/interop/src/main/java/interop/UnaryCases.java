package interop;

import static interop.TestCase.expect;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.StatusCode;
import interop.proto.BoolValue;
import interop.proto.Empty;
import interop.proto.SimpleRequest;
import interop.proto.SimpleResponse;
import interop.proto.TestServiceClient;
import java.util.List;

/** Cases of unary calls. */
final class UnaryCases {
  static final int LARGE_REQUEST = 271_828;
  static final int LARGE_RESPONSE = 314_159;
  private static final int VERY_LARGE_REQUEST = 10 << 20;
  private static final int PICK_FIRST_CALLS = 20;

  private UnaryCases() {}

  static void emptyUnary(Channel channel) {
    Empty answer = new TestServiceClient(channel).emptyCall(Empty.getDefaultInstance());
    expect(Empty.getDefaultInstance(), answer, "answer");
  }

  static void largeUnary(Channel channel) {
    callLarge(new TestServiceClient(channel), large().build());
  }

  /** grpc-java's own case: more than a server takes unless it is told to. */
  static void veryLargeRequest(Channel channel) {
    var request =
        SimpleRequest.newBuilder()
            .setResponseSize(10)
            .setPayload(TestServer.payload(VERY_LARGE_REQUEST))
            .build();
    var response = new TestServiceClient(channel).unaryCall(request);
    expect(TestServer.payload(10), response.getPayload(), "payload");
  }

  /** The response is compressed or not as the request asks. */
  static void serverCompressedUnary(Setup setup) {
    var arrivals = new Arrivals();
    try (var channel = setup.another().get().observe(arrivals).open()) {
      var client = new TestServiceClient(channel);
      for (boolean compressed : new boolean[] {true, false}) {
        var flag = BoolValue.newBuilder().setValue(compressed);
        callLarge(client, large().setResponseCompressed(flag).build());
      }
    }
    expect(List.of(true, false), arrivals.compressed(), "whether responses came compressed");
  }

  /** The server looks whether requests come compressed as they say. */
  static void clientCompressedUnary(Channel channel) {
    expect(
        StatusCode.INVALID_ARGUMENT,
        TestCase.codeOf(() -> new TestServiceClient(channel).unaryCall(expecting(true))),
        "code of the probe: a server that does not look cannot be tested");
    clientCompressedUnaryWithoutProbe(channel);
  }

  /** Against a server that need not look. */
  static void clientCompressedUnaryWithoutProbe(Channel channel) {
    var plain = new TestServiceClient(channel);
    callLarge(plain.with(CallOptions.DEFAULT.withCompressor("gzip")), expecting(true));
    callLarge(plain, expecting(false));
  }

  private static SimpleRequest expecting(boolean compressed) {
    return large().setExpectCompressed(BoolValue.newBuilder().setValue(compressed)).build();
  }

  /** All calls go to one server. */
  static void pickFirstUnary(Channel channel) {
    var client = new TestServiceClient(channel);
    var request =
        SimpleRequest.newBuilder()
            .setResponseSize(1)
            .setPayload(TestServer.payload(1))
            .setFillServerId(true)
            .build();
    String first = client.unaryCall(request).getServerId();
    for (int i = 1; i < PICK_FIRST_CALLS; i++) {
      expect(first, client.unaryCall(request).getServerId(), "server of call " + i);
    }
  }

  /** {@return the request that most cases send} */
  static SimpleRequest.Builder large() {
    return SimpleRequest.newBuilder()
        .setResponseSize(LARGE_RESPONSE)
        .setPayload(TestServer.payload(LARGE_REQUEST));
  }

  private static void callLarge(TestServiceClient client, SimpleRequest request) {
    expectLarge(client.unaryCall(request));
  }

  /** Fails the case unless this is the answer to a large request. */
  static void expectLarge(SimpleResponse response) {
    expect(LARGE_RESPONSE, response.getPayload().getBody().size(), "response size");
  }
}

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
  private static final int PICK_FIRST_CALLS = 20;

  private UnaryCases() {}

  static void emptyUnary(Channel channel) {
    Empty answer = new TestServiceClient(channel).emptyCall(Empty.getDefaultInstance());
    expect(Empty.getDefaultInstance(), answer, "answer");
  }

  static void largeUnary(Channel channel) {
    callLarge(new TestServiceClient(channel), large().build());
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
    var plain = new TestServiceClient(channel);
    var gzip = plain.with(CallOptions.DEFAULT.withCompressor("gzip"));
    var compressed = large().setExpectCompressed(BoolValue.newBuilder().setValue(true)).build();
    expect(
        StatusCode.INVALID_ARGUMENT,
        TestCase.codeOf(() -> plain.unaryCall(compressed)),
        "code of the probe: a server that does not look cannot be tested");
    callLarge(gzip, compressed);
    callLarge(plain, large().setExpectCompressed(BoolValue.newBuilder().setValue(false)).build());
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

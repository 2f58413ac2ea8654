package interop;

import static interop.TestCase.expect;

import grpc.api.Channel;
import interop.proto.BoolValue;
import interop.proto.Empty;
import interop.proto.SimpleRequest;
import interop.proto.TestServiceClient;

/** Cases of unary calls. */
final class UnaryCases {
  static final int LARGE_REQUEST = 271_828;
  static final int LARGE_RESPONSE = 314_159;

  private UnaryCases() {}

  static void emptyUnary(Channel channel) {
    Empty answer = new TestServiceClient(channel).emptyCall(Empty.getDefaultInstance());
    expect(Empty.getDefaultInstance(), answer, "answer");
  }

  static void largeUnary(Channel channel) {
    callLarge(new TestServiceClient(channel), large().build());
  }

  /** The response is compressed or not as the request asks. */
  static void serverCompressedUnary(Channel channel) {
    var client = new TestServiceClient(channel);
    for (boolean compressed : new boolean[] {true, false}) {
      var flag = BoolValue.newBuilder().setValue(compressed);
      callLarge(client, large().setResponseCompressed(flag).build());
    }
  }

  private static SimpleRequest.Builder large() {
    return SimpleRequest.newBuilder()
        .setResponseSize(LARGE_RESPONSE)
        .setPayload(TestServer.payload(LARGE_REQUEST));
  }

  private static void callLarge(TestServiceClient client, SimpleRequest request) {
    var body = client.unaryCall(request).getPayload().getBody();
    expect(LARGE_RESPONSE, body.size(), "response size");
  }
}

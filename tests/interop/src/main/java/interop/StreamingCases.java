package interop;

import static interop.TestCase.expect;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.StatusCode;
import interop.proto.BoolValue;
import interop.proto.ResponseParameters;
import interop.proto.StreamingInputCallRequest;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.TestServiceClient;
import java.util.ArrayList;
import java.util.List;

/** Cases of streaming calls. */
final class StreamingCases {
  private static final int[] REQUEST_SIZES = {27_182, 8, 1_828, 45_904};
  private static final int[] RESPONSE_SIZES = {31_415, 9, 2_653, 58_979};
  private static final int REQUEST_SUM = 74_922;

  private StreamingCases() {}

  static void clientStreaming(Channel channel) {
    try (var call = new TestServiceClient(channel).streamingInputCall()) {
      for (int size : REQUEST_SIZES) {
        call.send(input(size));
      }
      expect(REQUEST_SUM, call.finish().getAggregatedPayloadSize(), "sum of sizes");
    }
  }

  static void serverStreaming(Channel channel) {
    var request = StreamingOutputCallRequest.newBuilder();
    for (int size : RESPONSE_SIZES) {
      request.addResponseParameters(ResponseParameters.newBuilder().setSize(size));
    }
    var sizes = new ArrayList<Integer>();
    try (var call = new TestServiceClient(channel).streamingOutputCall(request.build())) {
      call.forEach(response -> sizes.add(response.getPayload().getBody().size()));
    }
    expect(List.of(31_415, 9, 2_653, 58_979), sizes, "sizes");
  }

  /** Each response is compressed or not as the request asks. */
  static void serverCompressedStreaming(Setup setup) {
    var request =
        StreamingOutputCallRequest.newBuilder()
            .addResponseParameters(compressed(true, RESPONSE_SIZES[0]))
            .addResponseParameters(compressed(false, RESPONSE_SIZES[3]))
            .build();
    var arrivals = new Arrivals();
    var sizes = new ArrayList<Integer>();
    try (var channel = setup.another().get().observe(arrivals).open();
        var call = new TestServiceClient(channel).streamingOutputCall(request)) {
      call.forEach(response -> sizes.add(response.getPayload().getBody().size()));
    }
    expect(List.of(RESPONSE_SIZES[0], RESPONSE_SIZES[3]), sizes, "sizes");
    expect(List.of(true, false), arrivals.compressed(), "whether responses came compressed");
  }

  private static ResponseParameters compressed(boolean compressed, int size) {
    return ResponseParameters.newBuilder()
        .setCompressed(BoolValue.newBuilder().setValue(compressed))
        .setSize(size)
        .build();
  }

  /** The server looks whether messages come compressed as they say. */
  static void clientCompressedStreaming(Channel channel) {
    var client = new TestServiceClient(channel).with(CallOptions.DEFAULT.withCompressor("gzip"));
    try (var probe = client.streamingInputCall()) {
      probe.compressMessages(false);
      probe.send(expecting(true, REQUEST_SIZES[0]));
      expect(
          StatusCode.INVALID_ARGUMENT,
          TestCase.codeOf(probe::finish),
          "code of the probe: a server that does not look cannot be tested");
    }
    clientCompressedStreamingWithoutProbe(channel);
  }

  /** Against a server that need not look. */
  static void clientCompressedStreamingWithoutProbe(Channel channel) {
    var client = new TestServiceClient(channel).with(CallOptions.DEFAULT.withCompressor("gzip"));
    try (var call = client.streamingInputCall()) {
      call.send(expecting(true, REQUEST_SIZES[0]));
      call.compressMessages(false);
      call.send(expecting(false, REQUEST_SIZES[3]));
      expect(
          REQUEST_SIZES[0] + REQUEST_SIZES[3],
          call.finish().getAggregatedPayloadSize(),
          "sum of sizes");
    }
  }

  private static StreamingInputCallRequest expecting(boolean compressed, int size) {
    return input(size).toBuilder()
        .setExpectCompressed(BoolValue.newBuilder().setValue(compressed))
        .build();
  }

  static void pingPong(Channel channel) {
    try (var call = new TestServiceClient(channel).fullDuplexCall()) {
      for (int i = 0; i < REQUEST_SIZES.length; i++) {
        call.send(output(REQUEST_SIZES[i], RESPONSE_SIZES[i]));
        var response = call.receive().orElseThrow();
        expect(RESPONSE_SIZES[i], response.getPayload().getBody().size(), "size");
      }
      call.halfClose();
      expect(false, call.receive().isPresent(), "a response after the last");
    }
  }

  static void emptyStream(Channel channel) {
    try (var call = new TestServiceClient(channel).fullDuplexCall()) {
      call.halfClose();
      expect(false, call.receive().isPresent(), "a response");
    }
  }

  static void cancelAfterBegin(Channel channel) {
    try (var call = new TestServiceClient(channel).streamingInputCall()) {
      call.cancel("the test wants it");
      expectCancelled(call::finish);
    }
  }

  static void cancelAfterFirstResponse(Channel channel) {
    try (var call = new TestServiceClient(channel).fullDuplexCall()) {
      call.send(output(REQUEST_SIZES[0], RESPONSE_SIZES[0]));
      var first = call.receive().orElseThrow();
      expect(RESPONSE_SIZES[0], first.getPayload().getBody().size(), "size");
      call.cancel("the test wants it");
      expectCancelled(call::receive);
    }
  }

  private static void expectCancelled(Runnable action) {
    expect(StatusCode.CANCELLED, TestCase.codeOf(action), "code");
  }

  static StreamingInputCallRequest input(int size) {
    return StreamingInputCallRequest.newBuilder().setPayload(TestServer.payload(size)).build();
  }

  static StreamingOutputCallRequest output(int size, int responseSize) {
    return StreamingOutputCallRequest.newBuilder()
        .setPayload(TestServer.payload(size))
        .addResponseParameters(ResponseParameters.newBuilder().setSize(responseSize))
        .build();
  }
}

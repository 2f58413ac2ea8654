package interop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The cases by the names that gRPC's test descriptions give them. */
final class TestCases {
  /** Those of interop-test-descriptions, and grpc-java's own, which any server passes. */
  static final Map<String, TestCase> ALL = all();

  /** Those of http2-interop-test-descriptions, each for a server that plays this very case. */
  static final Map<String, TestCase> HTTP2 = http2();

  private TestCases() {}

  private static Map<String, TestCase> all() {
    var cases = new LinkedHashMap<String, TestCase>();
    cases.put("empty_unary", TestCase.on(UnaryCases::emptyUnary));
    cases.put("large_unary", TestCase.on(UnaryCases::largeUnary));
    cases.put("client_compressed_unary", TestCase.on(UnaryCases::clientCompressedUnary));
    cases.put(
        "client_compressed_unary_noprobe",
        TestCase.on(UnaryCases::clientCompressedUnaryWithoutProbe));
    cases.put("client_streaming", TestCase.on(StreamingCases::clientStreaming));
    cases.put(
        "client_compressed_streaming", TestCase.on(StreamingCases::clientCompressedStreaming));
    cases.put(
        "client_compressed_streaming_noprobe",
        TestCase.on(StreamingCases::clientCompressedStreamingWithoutProbe));
    cases.put("server_streaming", TestCase.on(StreamingCases::serverStreaming));
    cases.put("ping_pong", TestCase.on(StreamingCases::pingPong));
    cases.put("empty_stream", TestCase.on(StreamingCases::emptyStream));
    cases.put("custom_metadata", TestCase.on(StatusCases::customMetadata));
    cases.put("status_code_and_message", TestCase.on(StatusCases::statusCodeAndMessage));
    cases.put("special_status_message", TestCase.on(StatusCases::specialStatusMessage));
    cases.put("unimplemented_method", TestCase.on(StatusCases::unimplementedMethod));
    cases.put("unimplemented_service", TestCase.on(StatusCases::unimplementedService));
    cases.put("cancel_after_begin", TestCase.on(StreamingCases::cancelAfterBegin));
    cases.put("cancel_after_first_response", TestCase.on(StreamingCases::cancelAfterFirstResponse));
    cases.put("timeout_on_sleeping_server", TestCase.on(StatusCases::timeoutOnSleepingServer));
    cases.put("server_compressed_unary", UnaryCases::serverCompressedUnary);
    cases.put("server_compressed_streaming", StreamingCases::serverCompressedStreaming);
    cases.put("very_large_request", TestCase.on(UnaryCases::veryLargeRequest));
    cases.put("pick_first_unary", TestCase.on(UnaryCases::pickFirstUnary));
    cases.put("orca_per_rpc", OrcaCases::perRpc);
    cases.put("orca_oob", OrcaCases::outOfBand);
    cases.put("rpc_soak", setup -> setup.soak().run(setup, false));
    cases.put("channel_soak", setup -> setup.soak().run(setup, true));
    return Collections.unmodifiableMap(cases);
  }

  private static Map<String, TestCase> http2() {
    var cases = new LinkedHashMap<String, TestCase>();
    cases.put("goaway", Http2Cases::goAway);
    cases.put("rst_after_header", TestCase.on(Http2Cases::reset));
    cases.put("rst_during_data", TestCase.on(Http2Cases::reset));
    cases.put("rst_after_data", TestCase.on(Http2Cases::reset));
    cases.put("ping", TestCase.on(UnaryCases::largeUnary));
    cases.put("max_streams", TestCase.on(Http2Cases::maxStreams));
    cases.put("data_frame_padding", TestCase.on(UnaryCases::largeUnary));
    cases.put("no_df_padding_sanity_test", TestCase.on(UnaryCases::largeUnary));
    return Collections.unmodifiableMap(cases);
  }

  /** {@return the case of this name} */
  static Optional<TestCase> find(String name) {
    return Optional.ofNullable(ALL.getOrDefault(name, HTTP2.get(name)));
  }

  /** {@return what can be asked for, in words} */
  static String choice() {
    return "all, or of %s; of a server that plays it, also %s"
        .formatted(String.join(" ", ALL.keySet()), String.join(" ", HTTP2.keySet()));
  }
}

package interop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cases by the names that gRPC's interop-test-descriptions give them. */
final class TestCases {
  static final Map<String, TestCase> ALL = all();

  private TestCases() {}

  private static Map<String, TestCase> all() {
    var cases = new LinkedHashMap<String, TestCase>();
    cases.put("empty_unary", UnaryCases::emptyUnary);
    cases.put("large_unary", UnaryCases::largeUnary);
    cases.put("client_streaming", StreamingCases::clientStreaming);
    cases.put("server_streaming", StreamingCases::serverStreaming);
    cases.put("ping_pong", StreamingCases::pingPong);
    cases.put("empty_stream", StreamingCases::emptyStream);
    cases.put("custom_metadata", StatusCases::customMetadata);
    cases.put("status_code_and_message", StatusCases::statusCodeAndMessage);
    cases.put("special_status_message", StatusCases::specialStatusMessage);
    cases.put("unimplemented_method", StatusCases::unimplementedMethod);
    cases.put("unimplemented_service", StatusCases::unimplementedService);
    cases.put("cancel_after_begin", StreamingCases::cancelAfterBegin);
    cases.put("cancel_after_first_response", StreamingCases::cancelAfterFirstResponse);
    cases.put("timeout_on_sleeping_server", StatusCases::timeoutOnSleepingServer);
    cases.put("server_compressed_unary", UnaryCases::serverCompressedUnary);
    cases.put("server_compressed_streaming", StreamingCases::serverCompressedStreaming);
    return Collections.unmodifiableMap(cases);
  }
}

package interop.peers;

import java.util.List;
import java.util.stream.Stream;

/** The cases by the names that gRPC's interop-test-descriptions and grpc-java give them. */
final class Cases {
  static final List<String> ALL =
      List.of(
          "empty_unary",
          "large_unary",
          "client_compressed_unary_noprobe",
          "client_streaming",
          "client_compressed_streaming_noprobe",
          "server_streaming",
          "ping_pong",
          "empty_stream",
          "custom_metadata",
          "status_code_and_message",
          "special_status_message",
          "unimplemented_method",
          "unimplemented_service",
          "cancel_after_begin",
          "cancel_after_first_response",
          "timeout_on_sleeping_server",
          "server_compressed_unary",
          "very_large_request",
          "pick_first_unary",
          "orca_per_rpc",
          "orca_oob",
          "rpc_soak",
          "channel_soak");

  /** grpc-java's server does not look at requests for this, and compresses no streams. */
  static final List<String> OWN_SERVER_ONLY =
      List.of(
          "client_compressed_unary", "client_compressed_streaming", "server_compressed_streaming");

  private Cases() {}

  /** {@return these flags, and what keeps soak cases from failing on a busy machine} */
  static String[] flags(String... flags) {
    return Stream.concat(
            Stream.of(flags),
            Stream.of(
                "--soak_per_iteration_max_acceptable_latency_ms=30000",
                "--soak_overall_timeout_seconds=40"))
        .toArray(String[]::new);
  }
}

package interop.peers;

import java.util.List;

/** The cases by the names that gRPC's interop-test-descriptions give them. */
final class Cases {
  static final List<String> ALL =
      List.of(
          "empty_unary",
          "large_unary",
          "client_streaming",
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
          "server_compressed_streaming");

  private Cases() {}
}

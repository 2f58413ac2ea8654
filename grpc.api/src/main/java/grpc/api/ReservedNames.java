package grpc.api;

/** The names that gRPC and HTTP/2 reserve; metadata must not use them. */
final class ReservedNames {
  private static final String OF_GRPC = "grpc-";

  private ReservedNames() {}

  /** {@return whether gRPC reserves the name (PROTOCOL-HTTP2, Custom-Metadata)} */
  static boolean isOfGrpc(String name) {
    return name.startsWith(OF_GRPC);
  }

  /**
   * Refuses a name that transports do not send.
   *
   * @throws IllegalArgumentException when it is reserved; the message says what to do
   */
  static void requireUnreserved(String name) {
    if (isOfGrpc(name)) {
      throw MetadataKey.refused(
          name,
          "is reserved, as are all names that start with \"grpc-\": choose another; plugins that"
              + " need this one make its key by grpc.spi.transport.ReservedKeys");
    }
    switch (name) {
      case "user-agent" ->
          throw MetadataKey.refused(
              name,
              "is set by the channel: use GrpcChannelBuilder.userAgent to choose it, and"
                  + " MetadataKey.USER_AGENT to read it");
      // RFC 9113 §8.2.2 forbids most of them, and the runtime sets the others (PROTOCOL-HTTP2)
      case "connection",
          "content-length",
          "content-type",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade" ->
          throw MetadataKey.refused(
              name, "is a field of HTTP/2 itself, and would not be sent: choose another name");
      default -> {}
    }
  }
}

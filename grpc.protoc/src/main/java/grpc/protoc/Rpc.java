package grpc.protoc;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;

/**
 * One method of a service.
 *
 * @param wireName {@code package.Service/Method}
 * @param javaName the name of its Java methods
 * @param asyncName the name of the client's method that returns a future, for unary methods
 * @param constant the name of its descriptor
 * @param kind the kind of call
 * @param request the request message's class
 * @param response the response message's class
 * @param comment the text in the .proto file, may be empty
 * @param deprecated whether it is marked as deprecated
 * @param idempotency its level in the .proto file
 */
record Rpc(
    String wireName,
    String javaName,
    String asyncName,
    String constant,
    Kind kind,
    JavaType request,
    JavaType response,
    String comment,
    boolean deprecated,
    IdempotencyLevel idempotency) {

  /** As grpc.api.MethodType. */
  enum Kind {
    UNARY("unary"),
    SERVER_STREAMING("serverStreaming"),
    CLIENT_STREAMING("clientStreaming"),
    BIDI_STREAMING("bidiStreaming");

    /** The name of the methods of Channel and of ServiceDefinition.Builder for this kind. */
    final String method;

    Kind(String method) {
      this.method = method;
    }

    static Kind of(boolean clientStreams, boolean serverStreams) {
      if (clientStreams) {
        return serverStreams ? BIDI_STREAMING : CLIENT_STREAMING;
      }
      return serverStreams ? SERVER_STREAMING : UNARY;
    }
  }

  String javadoc() {
    return Comments.javadoc(comment, "Calls {@code " + wireName + "}.", "  ");
  }

  String asyncJavadoc() {
    return Comments.javadoc(
        "", "As {@link #" + javaName + "}; cancelling the future cancels the call.", "  ");
  }

  /** {@return the type arguments for a type that is generic in both messages} */
  String messages() {
    return "<" + request.name() + ", " + response.name() + ">";
  }

  /** {@return the calls that set the .proto file's options of the method on its descriptor} */
  String attributes() {
    String level =
        switch (idempotency) {
          case IDEMPOTENCY_UNKNOWN -> "";
          case NO_SIDE_EFFECTS, IDEMPOTENT ->
              ".withIdempotencyLevel(grpc.api.IdempotencyLevel." + idempotency + ")";
        };
    return level + (deprecated ? ".withDeprecated(true)" : "");
  }

  String deprecation() {
    return deprecated ? "  @java.lang.Deprecated\n" : "";
  }
}

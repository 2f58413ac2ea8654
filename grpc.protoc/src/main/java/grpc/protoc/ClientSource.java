package grpc.protoc;

/** Writes the client class of a service. */
final class ClientSource {
  private ClientSource() {}

  static String of(ServiceModel service) {
    String name = service.clientClass();
    String fallback =
        "Calls {@code " + service.wireName() + "}. Safe for use by any number of threads.";
    var source =
        new StringBuilder(service.opening(Comments.javadoc(service.comment(), fallback, "")));
    source.append(service.deprecation());
    source.append(
        """
        public final class %1$s {
          private final grpc.api.Channel channel;
          private final grpc.api.CallOptions options;

          /** Makes calls over the channel, with the channel's own options. */
          public %1$s(grpc.api.Channel channel) {
            this(channel, grpc.api.CallOptions.DEFAULT);
          }

          private %1$s(grpc.api.Channel channel, grpc.api.CallOptions options) {
            this.channel = java.util.Objects.requireNonNull(channel, "channel");
            this.options = java.util.Objects.requireNonNull(options, "options");
          }

          /**
           * {@return a client on the same channel with these options} The options that they
           * leave open stay as in this client.
           */
          public %1$s with(grpc.api.CallOptions options) {
            return new %1$s(channel, options.orElse(this.options));
          }
        """
            .formatted(name));
    for (Rpc rpc : service.methods()) {
      source.append('\n').append(rpc.javadoc()).append(rpc.deprecation());
      String descriptor = service.methodsClass() + "." + rpc.constant();
      source.append(method(rpc, descriptor));
      if (rpc.kind() == Rpc.Kind.UNARY) {
        source.append('\n').append(rpc.asyncJavadoc()).append(rpc.deprecation());
        source.append(async(rpc, descriptor));
      }
    }
    return source.append("}\n").toString();
  }

  private static String method(Rpc rpc, String descriptor) {
    String response = rpc.response().name();
    String parameter = rpc.request().name() + " request";
    return switch (rpc.kind()) {
      case UNARY -> method(response, rpc, parameter, descriptor + ", request, options).message()");
      case SERVER_STREAMING ->
          method(
              "grpc.api.ServerStreamingCall<" + response + ">",
              rpc,
              parameter,
              descriptor + ", request, options)");
      case CLIENT_STREAMING ->
          method(
              "grpc.api.ClientStreamingCall" + rpc.messages(), rpc, "", descriptor + ", options)");
      case BIDI_STREAMING ->
          method("grpc.api.BidiStreamingCall" + rpc.messages(), rpc, "", descriptor + ", options)");
    };
  }

  private static String method(String result, Rpc rpc, String parameter, String arguments) {
    return """
      public %s %s(%s) {
        return channel.%s(%s;
      }
    """
        .formatted(result, rpc.javaName(), parameter, rpc.kind().method, arguments);
  }

  private static String async(Rpc rpc, String descriptor) {
    return """
      public java.util.concurrent.CompletableFuture<%s> %s(%s request) {
        return channel.unaryAsync(%s, request, options);
      }
    """
        .formatted(rpc.response().name(), rpc.asyncName(), rpc.request().name(), descriptor);
  }
}

package grpc.protoc;

/** Writes the interface of a service's implementations. */
final class ServiceSource {
  private ServiceSource() {}

  static String of(ServiceModel service) {
    String fallback =
        "Implements {@code "
            + service.wireName()
            + "}. A method that you do not override answers UNIMPLEMENTED.";
    var source =
        new StringBuilder(service.opening(Comments.javadoc(service.comment(), fallback, "")));
    source.append(service.deprecation());
    source
        .append("public interface ")
        .append(service.serviceClass())
        .append(" extends grpc.api.Service {\n");
    for (Rpc rpc : service.methods()) {
      source.append(rpc.javadoc()).append(rpc.deprecation());
      source.append(
          """
            default %s %s(%s) throws java.lang.Exception {
              throw grpc.api.Status.unimplemented("method %s is not implemented").asException();
            }

          """
              .formatted(result(rpc), rpc.javaName(), parameters(rpc), rpc.wireName()));
    }
    return source.append(definition(service)).append("}\n").toString();
  }

  private static String result(Rpc rpc) {
    return switch (rpc.kind()) {
      case UNARY, CLIENT_STREAMING -> rpc.response().name();
      case SERVER_STREAMING, BIDI_STREAMING -> "void";
    };
  }

  private static String parameters(Rpc rpc) {
    String request = rpc.request().name();
    String responses = "grpc.api.Responses<" + rpc.response().name() + "> responses";
    return switch (rpc.kind()) {
      case UNARY -> request + " request";
      case SERVER_STREAMING -> request + " request, " + responses;
      case CLIENT_STREAMING -> "grpc.api.Requests<" + request + "> requests";
      case BIDI_STREAMING -> "grpc.api.Requests<" + request + "> requests, " + responses;
    };
  }

  /** One statement per method: javac's stack is too small for one long chain of calls. */
  private static String definition(ServiceModel service) {
    String methods = service.methodsClass();
    var source =
        new StringBuilder(
            """
              /** {@return the service with its handlers} */
              @java.lang.Override
              default grpc.api.ServiceDefinition definition() {
                grpc.api.ServiceDefinition.Builder service =
                    grpc.api.ServiceDefinition.builder(%s.SERVICE_NAME);
            """
                .formatted(methods));
    service
        .schemaClass()
        .ifPresent(file ->
            source.append(
                "    service.schema(grpc.api.ServiceSchema.of(%s::getDescriptor));\n"
                    .formatted(file)));
    for (Rpc rpc : service.methods()) {
      source.append(
          "    service.%s(%s.%s, this::%s);\n"
              .formatted(rpc.kind().method, methods, rpc.constant(), rpc.javaName()));
    }
    return source.append("    return service.build();\n  }\n").toString();
  }
}

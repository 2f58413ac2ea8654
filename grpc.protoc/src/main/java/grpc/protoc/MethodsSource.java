package grpc.protoc;

/** Writes the class of a service's method descriptors. */
final class MethodsSource {
  private MethodsSource() {}

  static String of(ServiceModel service) {
    String name = service.methodsClass();
    var source =
        new StringBuilder(
            service.opening("/** The methods of {@code " + service.wireName() + "}. */\n"));
    source.append("public final class ").append(name).append(" {\n");
    source.append(
        """
          /** The name of the service, as it goes over the wire. */
          public static final java.lang.String SERVICE_NAME = "%s";

        """
            .formatted(service.wireName()));
    for (Rpc rpc : service.methods()) {
      source.append(
          """
            /** Describes {@code %s}. */
            public static final grpc.api.MethodDescriptor%s %s =
                grpc.api.MethodDescriptor.of(
                    "%s",
                    grpc.api.MethodType.%s,
                    %s.class,
                    %s.class,
                    "proto")%s;

          """
              .formatted(
                  rpc.wireName(),
                  rpc.messages(),
                  rpc.constant(),
                  rpc.wireName(),
                  rpc.kind(),
                  rpc.request().name(),
                  rpc.response().name(),
                  rpc.attributes()));
    }
    return source.append("  private ").append(name).append("() {}\n}\n").toString();
  }
}

package grpc.kernel.message;

import grpc.spi.codec.Marshaller;

/** The names of messages in failures, on the wire too. */
final class MessageNames {
  private static final String UNNAMED = "a message";

  private MessageNames() {}

  /** The marshaller's own name for its messages, {@code acme.HelloRequest} for example. */
  static String of(Marshaller<?> marshaller) {
    try {
      return marshaller.messageName().filter(name -> !name.isEmpty()).orElse(UNNAMED);
    } catch (RuntimeException | LinkageError e) { // it has just failed at something else
      return UNNAMED;
    }
  }
}

package grpc.protoc;

/** What the author of a .proto file must change before stubs can be generated from it. */
final class GeneratorException extends Exception {
  private static final long serialVersionUID = 1;

  GeneratorException(String message) {
    super(message);
  }
}

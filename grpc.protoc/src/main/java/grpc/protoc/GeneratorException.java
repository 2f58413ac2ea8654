package grpc.protoc;

/** A problem in a .proto file; its author must fix it before stubs can be generated. */
final class GeneratorException extends Exception {
  private static final long serialVersionUID = 1;

  GeneratorException(String message) {
    super(message);
  }
}

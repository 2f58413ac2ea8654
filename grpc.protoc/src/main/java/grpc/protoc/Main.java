package grpc.protoc;

import java.io.IOException;

/**
 * The plugin's process: protoc writes a request to its input and reads the response from its
 * output.
 */
public final class Main {
  private Main() {}

  /**
   * Answers one request.
   *
   * @param args none; protoc passes parameters inside the request
   * @throws IOException when the input is not a request, or the output was closed
   */
  public static void main(String[] args) throws IOException {
    Generator.generate(Generator.read(System.in)).writeTo(System.out);
    System.out.flush();
  }
}

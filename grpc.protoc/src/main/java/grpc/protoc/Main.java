package grpc.protoc;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
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
   * @throws IOException when the input is no request, or the output was closed
   */
  public static void main(String[] args) throws IOException {
    var request = CodeGeneratorRequest.parseFrom(System.in);
    Generator.generate(request).writeTo(System.out);
    System.out.flush();
  }
}

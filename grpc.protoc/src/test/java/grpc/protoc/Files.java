package grpc.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.TextFormat;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.util.Map;
import java.util.stream.Collectors;

/** Files as protoc would pass them, written in protobuf's text format. */
final class Files {
  private Files() {}

  static FileDescriptorProto file(String text) {
    try {
      var file = FileDescriptorProto.newBuilder();
      TextFormat.merge(text, Generator.javaFeatures(), file);
      return file.build();
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Generates for all of them. */
  static CodeGeneratorResponse generate(FileDescriptorProto... files) {
    var request = CodeGeneratorRequest.newBuilder();
    for (var file : files) {
      request.addProtoFile(file).addFileToGenerate(file.getName());
    }
    return Generator.generate(request.build());
  }

  static Map<String, String> sources(CodeGeneratorResponse response) {
    return response.getFileList().stream()
        .collect(
            Collectors.toMap(
                CodeGeneratorResponse.File::getName, CodeGeneratorResponse.File::getContent));
  }
}

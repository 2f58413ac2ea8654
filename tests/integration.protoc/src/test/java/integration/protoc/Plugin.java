package integration.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The generator in a process of its own, as protoc runs it. */
final class Plugin {
  private Plugin() {}

  /** Generates for the last of these files, and {@return the answer} */
  static CodeGeneratorResponse answer(FileDescriptorProto... files)
      throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ProcessBuilder(java, "-cp", Javac.classPath(), "grpc.protoc.Main");
    return answer(command.redirectError(Redirect.INHERIT), files);
  }

  /** Has this command generate for the last of these files, and {@return the answer} */
  static CodeGeneratorResponse answer(ProcessBuilder command, FileDescriptorProto... files)
      throws IOException, InterruptedException {
    var process = command.start();
    try (var in = process.getOutputStream()) {
      CodeGeneratorRequest.newBuilder()
          .addAllProtoFile(List.of(files))
          .addFileToGenerate(files[files.length - 1].getName())
          .build()
          .writeTo(in);
    }
    var response = CodeGeneratorResponse.parseFrom(process.getInputStream());
    if (process.waitFor() != 0) {
      throw new IOException("the generator ended with " + process.exitValue());
    }
    return response;
  }

  /** Writes what was generated, and {@return the files} */
  static List<Path> write(CodeGeneratorResponse response, Path folder) throws IOException {
    var sources = new ArrayList<Path>();
    for (var file : response.getFileList()) {
      Path source = folder.resolve(file.getName());
      Files.createDirectories(source.getParent());
      sources.add(Files.writeString(source, file.getContent()));
    }
    return sources;
  }
}

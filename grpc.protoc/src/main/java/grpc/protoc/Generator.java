package grpc.protoc;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.util.HashSet;
import java.util.function.Function;

/** From protoc's request to its response: three sources for each service. */
final class Generator {
  private static final int FEATURES =
      CodeGeneratorResponse.Feature.FEATURE_PROTO3_OPTIONAL_VALUE
          | CodeGeneratorResponse.Feature.FEATURE_SUPPORTS_EDITIONS_VALUE;

  private Generator() {}

  static CodeGeneratorResponse generate(CodeGeneratorRequest request) {
    var response = empty();
    try {
      if (!request.getParameter().isBlank()) {
        throw new GeneratorException(
            "tenon: unknown parameter \"%s\" (expected: none)".formatted(request.getParameter()));
      }
      var types = JavaTypes.of(request.getProtoFileList());
      var wanted = new HashSet<>(request.getFileToGenerateList());
      for (FileDescriptorProto file : request.getProtoFileList()) {
        if (wanted.contains(file.getName())) {
          generate(file, types, response);
        }
      }
      return response.build();
    } catch (GeneratorException e) {
      return empty().setError(e.getMessage()).build();
    }
  }

  private static void generate(
      FileDescriptorProto file, JavaTypes types, CodeGeneratorResponse.Builder response)
      throws GeneratorException {
    for (int i = 0; i < file.getServiceCount(); i++) {
      var service = ServiceModel.of(file, i, types);
      add(response, types, service, service.methodsClass(), MethodsSource::of);
      add(response, types, service, service.clientClass(), ClientSource::of);
      add(response, types, service, service.serviceClass(), ServiceSource::of);
    }
  }

  private static void add(
      CodeGeneratorResponse.Builder response,
      JavaTypes types,
      ServiceModel service,
      String simpleName,
      Function<ServiceModel, String> source)
      throws GeneratorException {
    String javaPackage = service.javaPackage();
    String prefix = javaPackage.isEmpty() ? "" : javaPackage + ".";
    types.claim(prefix + simpleName, "service " + service.wireName());
    response
        .addFileBuilder()
        .setName((prefix + simpleName).replace('.', '/') + ".java")
        .setContent(source.apply(service));
  }

  private static CodeGeneratorResponse.Builder empty() {
    return CodeGeneratorResponse.newBuilder()
        .setSupportedFeatures(FEATURES)
        .setMinimumEdition(Edition.EDITION_PROTO2_VALUE)
        .setMaximumEdition(Edition.EDITION_2023_VALUE);
  }
}

package grpc.protoc;

import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** Turns protoc's request into its response: three sources for each service. */
final class Generator {
  private static final int FEATURES =
      CodeGeneratorResponse.Feature.FEATURE_PROTO3_OPTIONAL_VALUE
          | CodeGeneratorResponse.Feature.FEATURE_SUPPORTS_EDITIONS_VALUE;

  /** The parameter for messages of protobuf's lite runtime, which have no descriptors. */
  private static final String LITE = "lite";

  private Generator() {}

  /** {@return protoc's request, with Java's own features of files and messages} */
  static CodeGeneratorRequest read(InputStream in) throws IOException {
    return CodeGeneratorRequest.parseFrom(in, javaFeatures());
  }

  static ExtensionRegistry javaFeatures() {
    var unused = DescriptorProtos.getDescriptor(); // the other's initializer fails before this one
    var extensions = ExtensionRegistry.newInstance();
    extensions.add(JavaFeaturesProto.java_);
    return extensions;
  }

  static CodeGeneratorResponse generate(CodeGeneratorRequest request) {
    var response = empty();
    try {
      String parameter = request.getParameter().strip();
      if (!parameter.isEmpty() && !parameter.equals(LITE)) {
        throw new GeneratorException(
            "tenon: unknown parameter \"%s\" (expected: none, or lite)".formatted(parameter));
      }
      boolean lite = parameter.equals(LITE);
      var files = withSourceFeatures(request);
      var types = JavaTypes.of(files);
      var names = new TopLevelNames();
      files.forEach(file -> names.add(file, JavaFile.of(file)));
      var wanted = new HashSet<>(request.getFileToGenerateList());
      for (FileDescriptorProto file : request.getProtoFileList()) {
        if (wanted.contains(file.getName())) {
          generate(file, types, names, lite, response);
        }
      }
      return response.build();
    } catch (GeneratorException e) {
      return empty().setError(e.getMessage()).build();
    }
  }

  /**
   * protoc passes the files to generate twice. The first time they lack the features for
   * generators, which in some versions of protoc include those for Java names.
   */
  private static List<FileDescriptorProto> withSourceFeatures(CodeGeneratorRequest request) {
    var whole = new HashMap<String, FileDescriptorProto>();
    request.getSourceFileDescriptorsList().forEach(file -> whole.put(file.getName(), file));
    return request.getProtoFileList().stream()
        .map(file -> whole.getOrDefault(file.getName(), file))
        .toList();
  }

  private static void generate(
      FileDescriptorProto file,
      JavaTypes types,
      TopLevelNames names,
      boolean lite,
      CodeGeneratorResponse.Builder response)
      throws GeneratorException {
    for (int i = 0; i < file.getServiceCount(); i++) {
      var service = ServiceModel.of(file, i, types, names, lite);
      add(response, names, service, service.methodsClass(), MethodsSource::of);
      add(response, names, service, service.clientClass(), ClientSource::of);
      add(response, names, service, service.serviceClass(), ServiceSource::of);
    }
  }

  private static void add(
      CodeGeneratorResponse.Builder response,
      TopLevelNames names,
      ServiceModel service,
      String simpleName,
      Function<ServiceModel, String> source)
      throws GeneratorException {
    String javaPackage = service.javaPackage();
    String prefix = javaPackage.isEmpty() ? "" : javaPackage + ".";
    names.claim(prefix + simpleName, service.wireName());
    response
        .addFileBuilder()
        .setName((prefix + simpleName).replace('.', '/') + ".java")
        .setContent(source.apply(service));
  }

  private static CodeGeneratorResponse.Builder empty() {
    return CodeGeneratorResponse.newBuilder()
        .setSupportedFeatures(FEATURES)
        .setMinimumEdition(Edition.EDITION_PROTO2_VALUE)
        .setMaximumEdition(JavaTypes.NEWEST.getNumber());
  }
}

package grpc.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service, for the sources.
 *
 * @param name its name in the .proto file
 * @param wireName {@code package.Service}
 * @param javaPackage the package of the generated classes; empty for the unnamed one
 * @param protoFile the file that declares it
 * @param schemaClass the class, in the same package, that has the file's descriptor; empty for
 *     messages of the lite runtime
 * @param comment the text in the .proto file, may be empty
 * @param deprecated whether it is marked as deprecated
 * @param methods its methods in the order of the file
 */
record ServiceModel(
    String name,
    String wireName,
    String javaPackage,
    String protoFile,
    Optional<String> schemaClass,
    String comment,
    boolean deprecated,
    List<Rpc> methods) {

  /**
   * The most methods of a service. With more, the initializer of their constants could exceed
   * Java's limit (JVMS 4.7.3), because coverage tools enlarge it.
   */
  private static final int MOST_METHODS = 2_000;

  static ServiceModel of(
      FileDescriptorProto file, int index, JavaTypes types, TopLevelNames names, boolean lite)
      throws GeneratorException {
    var service = file.getService(index);
    String prefix = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
    String wireName = prefix + service.getName();
    if (service.getMethodCount() > MOST_METHODS) {
      throw new GeneratorException(
          "%s: service %s has %d methods (expected: at most %d); split it into several services"
              .formatted(file.getName(), wireName, service.getMethodCount(), MOST_METHODS));
    }
    var java = JavaFile.of(file);
    for (String used : new String[] {"grpc.api", "java.lang"}) {
      names.requireVisible(java.packagePrefix(), used);
    }
    return new ServiceModel(
        service.getName(),
        wireName,
        java.javaPackage(),
        file.getName(),
        lite ? Optional.empty() : Optional.of(java.outerClass()),
        Comments.find(file, FileDescriptorProto.SERVICE_FIELD_NUMBER, index),
        service.getOptions().getDeprecated(),
        methods(file, index, wireName, types, names));
  }

  private static List<Rpc> methods(
      FileDescriptorProto file, int index, String wireName, JavaTypes types, TopLevelNames topLevel)
      throws GeneratorException {
    var methods = new ArrayList<Rpc>();
    var javaNames = new HashSet<String>();
    var constants = new HashSet<>(Set.of("SERVICE_NAME"));
    var service = file.getService(index);
    var names = new ArrayList<String>();
    for (var method : service.getMethodList()) {
      names.add(unique(Names.method(method.getName()), javaNames));
    }
    for (int i = 0; i < service.getMethodCount(); i++) {
      var method = service.getMethod(i);
      methods.add(
          new Rpc(
              wireName + "/" + method.getName(),
              names.get(i),
              unique(names.get(i) + "Async", javaNames), // after the methods of the .proto file
              unique(Names.constant(method.getName()), constants),
              Rpc.Kind.of(method.getClientStreaming(), method.getServerStreaming()),
              type(file, method, method.getInputType(), types, topLevel),
              type(file, method, method.getOutputType(), types, topLevel),
              Comments.find(
                  file,
                  FileDescriptorProto.SERVICE_FIELD_NUMBER,
                  index,
                  ServiceDescriptorProto.METHOD_FIELD_NUMBER,
                  i),
              method.getOptions().getDeprecated(),
              method.getOptions().getIdempotencyLevel()));
    }
    return List.copyOf(methods);
  }

  /** Names that differ in the .proto file may be equal in Java: {@code DoIt} and {@code do_it}. */
  private static String unique(String name, Set<String> taken) {
    String candidate = name;
    while (!taken.add(candidate)) {
      candidate += "_";
    }
    return candidate;
  }

  private static JavaType type(
      FileDescriptorProto file,
      MethodDescriptorProto method,
      String protoName,
      JavaTypes types,
      TopLevelNames topLevel)
      throws GeneratorException {
    var type = types.find(protoName);
    var java = JavaFile.of(file);
    if (type.javaPackage().isEmpty() && !java.javaPackage().isEmpty()) {
      throw new GeneratorException(
          ("%s: method %s uses message %s, whose class is in the unnamed package and cannot be"
                  + " named from package %s; give its file a package or a java_package")
              .formatted(
                  file.getName(), method.getName(), protoName.substring(1), java.javaPackage()));
    }
    topLevel.requireVisible(java.packagePrefix(), type.javaPackage());
    return type;
  }

  String methodsClass() {
    return name + "Methods";
  }

  String clientClass() {
    return name + "Client";
  }

  String serviceClass() {
    return name + "Service";
  }

  /** {@return the lines before a class: origin, package, javadoc, annotations} */
  String opening(String javadoc) {
    boolean warns =
        methods.stream().anyMatch(m -> m.request().deprecated() || m.response().deprecated());
    return "// Generated by Tenon from "
        + protoFile.replace('\\', '/') // Java reads Unicode escapes in comments, too
        + ". Do not edit.\n"
        + (javaPackage.isEmpty() ? "" : "package " + javaPackage + ";\n")
        + "\n"
        + javadoc
        + (warns ? "@java.lang.SuppressWarnings(\"deprecation\")\n" : "");
  }

  String deprecation() {
    return deprecated ? "@java.lang.Deprecated\n" : "";
  }
}

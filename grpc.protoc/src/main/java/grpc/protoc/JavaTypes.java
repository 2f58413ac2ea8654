package grpc.protoc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Java classes of every message in a request, and who has taken which top-level name. */
final class JavaTypes {
  private final Map<String, JavaType> byProtoName = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();

  private JavaTypes() {}

  static JavaTypes of(List<FileDescriptorProto> files) {
    var types = new JavaTypes();
    files.forEach(types::add);
    return types;
  }

  /**
   * {@return the class of a message}
   *
   * @param protoName its full name, which starts with a dot
   */
  JavaType find(String protoName) throws GeneratorException {
    var type = byProtoName.get(protoName);
    if (type == null) {
      throw new GeneratorException(
          "message %s is in none of the files that protoc passed on".formatted(protoName));
    }
    return type;
  }

  /** Takes a top-level class name for a generated class. */
  void claim(String className, String owner) throws GeneratorException {
    String former = owners.putIfAbsent(className, owner);
    if (former != null) {
      throw new GeneratorException(
          "class %s would be generated for %s and for %s; rename one of them, or set another java_package"
              .formatted(className, former, owner));
    }
  }

  private void add(FileDescriptorProto file) {
    var java = JavaFile.of(file);
    owners.put(java.packagePrefix() + java.outerClass(), "file " + file.getName());
    String protoPrefix = file.getPackage().isEmpty() ? "." : "." + file.getPackage() + ".";
    for (var message : file.getMessageTypeList()) {
      add(message, protoPrefix, java.messagePrefix(), java.javaPackage().isEmpty());
    }
    if (java.multipleFiles()) {
      for (var message : file.getMessageTypeList()) {
        own(java, "message", message.getName());
        own(java, "message", message.getName() + "OrBuilder");
      }
      file.getEnumTypeList().forEach(e -> own(java, "enum", e.getName()));
    }
  }

  private void own(JavaFile java, String kind, String name) {
    owners.put(java.packagePrefix() + name, kind + " " + name);
  }

  private void add(
      DescriptorProto message, String protoPrefix, String javaPrefix, boolean unnamed) {
    String protoName = protoPrefix + message.getName();
    String javaName = javaPrefix + message.getName();
    boolean deprecated = message.getOptions().getDeprecated();
    byProtoName.put(protoName, new JavaType(javaName, unnamed, deprecated));
    for (var nested : message.getNestedTypeList()) {
      add(nested, protoName + ".", javaName + ".", unnamed);
    }
  }
}

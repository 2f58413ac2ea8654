package grpc.protoc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;

/**
 * Where protoc's own Java generator puts the messages of a file.
 *
 * @param javaPackage the package; empty for the unnamed one
 * @param outerClass the simple name of the file's class
 * @param multipleFiles whether messages are top-level classes, and not members of the file's class
 */
record JavaFile(String javaPackage, String outerClass, boolean multipleFiles) {

  static JavaFile of(FileDescriptorProto file) {
    var options = file.getOptions();
    return new JavaFile(
        options.hasJavaPackage() ? options.getJavaPackage() : file.getPackage(),
        options.hasJavaOuterClassname() ? options.getJavaOuterClassname() : defaultOuter(file),
        options.getJavaMultipleFiles());
  }

  /** {@return the name before those of the file's messages, with its dot} */
  String messagePrefix() {
    return multipleFiles ? packagePrefix() : packagePrefix() + outerClass + ".";
  }

  /** {@return the package with its dot, or nothing} */
  String packagePrefix() {
    return javaPackage.isEmpty() ? "" : javaPackage + ".";
  }

  private static String defaultOuter(FileDescriptorProto file) {
    String path = file.getName();
    String base = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.proto(devel)?$", "");
    String name = Names.upperCamel(base);
    return clashes(file, name) ? name + "OuterClass" : name;
  }

  private static boolean clashes(FileDescriptorProto file, String name) {
    return file.getEnumTypeList().stream().anyMatch(e -> e.getName().equals(name))
        || file.getServiceList().stream().anyMatch(s -> s.getName().equals(name))
        || file.getMessageTypeList().stream().anyMatch(m -> clashes(m, name));
  }

  private static boolean clashes(DescriptorProto message, String name) {
    return message.getName().equals(name)
        || message.getEnumTypeList().stream().anyMatch(e -> e.getName().equals(name))
        || message.getNestedTypeList().stream().anyMatch(m -> clashes(m, name));
  }
}

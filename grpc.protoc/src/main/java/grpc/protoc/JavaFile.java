package grpc.protoc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.JavaFeaturesProto.JavaFeatures.NestInFileClassFeature.NestInFileClass;

/**
 * The place of a file's types in the code of protoc's own Java generator.
 *
 * @param javaPackage the package; empty for the unnamed one
 * @param outerClass the simple name of the file's class
 * @param nests whether a type is by default a member of the file's class, and not a top-level class
 * @param since2024 whether the file has edition 2024 or a later one
 */
record JavaFile(String javaPackage, String outerClass, boolean nests, boolean since2024) {

  static JavaFile of(FileDescriptorProto file) {
    var options = file.getOptions();
    boolean since2024 = file.getEdition().getNumber() >= Edition.EDITION_2024_VALUE;
    return new JavaFile(
        options.hasJavaPackage() ? options.getJavaPackage() : file.getPackage(),
        options.hasJavaOuterClassname()
            ? options.getJavaOuterClassname()
            : defaultOuter(file, since2024),
        !since2024 && !options.getJavaMultipleFiles(),
        since2024);
  }

  /**
   * {@return whether a type at the top of the file is a member of the file's class}
   *
   * @param features the type's own features; only a type can have this one
   */
  boolean nests(FeatureSet features) {
    NestInFileClass own = features.getExtension(JavaFeaturesProto.java_).getNestInFileClass();
    return switch (own) {
      case YES -> true;
      case NO -> false;
      case LEGACY, NEST_IN_FILE_CLASS_UNKNOWN -> nests;
    };
  }

  /** {@return the name of the file's class with its package} */
  String outerName() {
    return packagePrefix() + outerClass;
  }

  /** {@return the package with its dot, or an empty text} */
  String packagePrefix() {
    return javaPackage.isEmpty() ? "" : javaPackage + ".";
  }

  private static String defaultOuter(FileDescriptorProto file, boolean since2024) {
    String path = file.getName();
    String base = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.proto(devel)?$", "");
    String name = Names.upperCamel(base);
    if (since2024) {
      return name + "Proto";
    }
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

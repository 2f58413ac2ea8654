package grpc.protoc;

import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.HashMap;
import java.util.Map;

/** The top-level class names in use, by protoc's own Java generator or by this one. */
final class TopLevelNames {
  /**
   * @param what the element of the .proto file for this class
   * @param remedy the advice for its author, to give the class another name
   */
  private record Owner(String what, String remedy) {}

  private final Map<String, Owner> owners = new HashMap<>();

  /** Takes the names of the classes that protoc's own generator makes for a file. */
  void add(FileDescriptorProto file, JavaFile java) {
    owners.put(
        java.outerName(),
        new Owner(
            "file " + file.getName(),
            "give the class of %s another name: option java_outer_classname = \"%sProto\";"
                .formatted(file.getName(), java.outerClass())));
    for (var message : file.getMessageTypeList()) {
      var features = message.getOptions().getFeatures();
      own(java, features, "message " + message.getName(), message.getName());
      own(java, features, "message " + message.getName(), message.getName() + "OrBuilder");
    }
    for (var type : file.getEnumTypeList()) {
      own(java, type.getOptions().getFeatures(), "enum " + type.getName(), type.getName());
    }
    if (file.getOptions().getJavaGenericServices()) {
      for (var service : file.getServiceList()) {
        String what = "generic service " + service.getName();
        own(java, service.getOptions().getFeatures(), what, service.getName());
      }
    }
  }

  private void own(JavaFile java, FeatureSet features, String what, String name) {
    if (!java.nests(features)) {
      String nest =
          java.since2024()
              ? "option features.(pb.java).nest_in_file_class = YES;"
              : "option java_multiple_files = false;";
      String remedy = "rename one of them, or nest %s in the class of its file: ".formatted(what);
      owners.put(java.packagePrefix() + name, new Owner(what, remedy + nest));
    }
  }

  /** Takes the name of a generated class of a service. */
  void claim(String className, String service) throws GeneratorException {
    var owner =
        new Owner(
            "service " + service,
            "rename one of them, or give one of their files another java_package");
    Owner former = owners.putIfAbsent(className, owner);
    if (former != null) {
      throw new GeneratorException(
          "class %s would be generated for %s and for %s; %s"
              .formatted(className, former.what(), owner.what(), former.remedy()));
    }
  }

  /**
   * Checks that a package can be named: a class hides a package of its name (JLS 6.4.2).
   *
   * @param packagePrefix the package of the code that names it, with its dot, or nothing
   * @param javaPackage the package to name
   */
  void requireVisible(String packagePrefix, String javaPackage) throws GeneratorException {
    int dot = javaPackage.indexOf('.');
    String first = dot < 0 ? javaPackage : javaPackage.substring(0, dot);
    Owner hiding = owners.get(packagePrefix + first);
    if (hiding != null) {
      throw new GeneratorException(
          "class %s, made for %s, hides package %s from the generated code; %s"
              .formatted(packagePrefix + first, hiding.what(), javaPackage, hiding.remedy()));
    }
  }
}

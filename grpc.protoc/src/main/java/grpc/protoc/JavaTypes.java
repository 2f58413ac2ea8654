package grpc.protoc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Java classes of every message in a request. */
final class JavaTypes {
  /** The newest edition with class names that this generator knows. */
  static final Edition NEWEST = Edition.EDITION_2026;

  private final Map<String, JavaType> byProtoName = new HashMap<>();
  private final Map<String, String> tooNew = new HashMap<>();

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
          "message %s is in none of the files that protoc passed on"
              .formatted(protoName.substring(1)));
    }
    String file = tooNew.get(protoName);
    if (file != null) {
      throw new GeneratorException(
          ("message %s: its file %s has an edition whose Java names this generator does not know"
                  + " (expected: at most %s); use an older edition there, or a newer generator")
              .formatted(protoName.substring(1), file, NEWEST.name().replace("EDITION_", "")));
    }
    return type;
  }

  private void add(FileDescriptorProto file) {
    var java = JavaFile.of(file);
    String protoPrefix = file.getPackage().isEmpty() ? "." : "." + file.getPackage() + ".";
    for (var message : file.getMessageTypeList()) {
      boolean nested = java.nests(message.getOptions().getFeatures());
      String javaPrefix = nested ? java.outerName() + "." : java.packagePrefix();
      boolean inDeprecated = nested && file.getOptions().getDeprecated();
      add(message, protoPrefix, javaPrefix, file, java.javaPackage(), inDeprecated);
    }
  }

  private void add(
      DescriptorProto message,
      String protoPrefix,
      String javaPrefix,
      FileDescriptorProto file,
      String javaPackage,
      boolean inDeprecated) {
    String protoName = protoPrefix + message.getName();
    String javaName = javaPrefix + message.getName();
    boolean deprecated = inDeprecated || message.getOptions().getDeprecated();
    byProtoName.put(protoName, new JavaType(javaName, javaPackage, deprecated));
    if (tooNew(file)) {
      tooNew.put(protoName, file.getName());
    }
    for (var nested : message.getNestedTypeList()) {
      add(nested, protoName + ".", javaName + ".", file, javaPackage, deprecated);
    }
  }

  /** protobuf-java reads an unknown edition as none. */
  private static boolean tooNew(FileDescriptorProto file) {
    return file.getSyntax().equals("editions")
        && (file.getEdition() == Edition.EDITION_UNKNOWN
            || file.getEdition().getNumber() > NEWEST.getNumber());
  }
}

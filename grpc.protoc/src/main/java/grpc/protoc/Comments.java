package grpc.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.util.List;

/** Comments of a .proto file as javadoc. */
final class Comments {
  private Comments() {}

  /**
   * {@return the comment before the element; if there is none, the one after it}
   *
   * @param path the field numbers and indexes that lead to it (descriptor.proto, SourceCodeInfo)
   * @return empty when it has no comment
   */
  static String find(FileDescriptorProto file, Integer... path) {
    var wanted = List.of(path);
    for (Location location : file.getSourceCodeInfo().getLocationList()) {
      if (location.getPathList().equals(wanted)) {
        String leading = location.getLeadingComments();
        return (leading.isBlank() ? location.getTrailingComments() : leading).strip();
      }
    }
    return "";
  }

  /**
   * {@return a javadoc comment}
   *
   * @param comment plain text, may be empty
   * @param fallback javadoc text if it is empty
   * @param indent the beginning of each line
   */
  static String javadoc(String comment, String fallback, String indent) {
    String text = comment.isEmpty() ? fallback : escape(comment);
    var doc = new StringBuilder(indent).append("/**\n");
    boolean paragraph = false;
    for (String line : text.lines().toList()) {
      String stripped = line.strip();
      if (stripped.isEmpty()) {
        paragraph = true;
        continue;
      }
      if (paragraph) {
        doc.append(indent).append(" *\n").append(indent).append(" * <p>");
        paragraph = false;
      } else {
        doc.append(indent).append(" * ");
      }
      doc.append(stripped).append('\n');
    }
    return doc.append(indent).append(" */\n").toString();
  }

  /**
   * {@return the text, escaped so that javadoc shows it unchanged and it cannot end the comment}
   */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("\\", "&#92;")
        .replace("{", "&#123;")
        .replace("}", "&#125;")
        .replace("*/", "*&#47;")
        .replace("/*", "/&#42;");
  }
}

package grpc.transport.nio.headers;

import grpc.transport.nio.hpack.HeaderSink;

/** A header block as a row of a table: {@code name=value | name=value}. */
final class FieldText {
  private static final String PSEUDO = ":method=POST | :scheme=http | :path=/a.B/C";

  /** A good request. */
  static final String GOOD = PSEUDO + " | content-type=application/grpc";

  private FieldText() {}

  /**
   * Has a reader read the fields. A value that begins with {@code ?} is told as malformed, as the
   * decoder tells it.
   */
  static void read(String fields, HeaderSink reader) {
    for (String field : fields.split(" \\| ", -1)) {
      int equals = field.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String name = field.substring(0, equals);
      String value = field.substring(equals + 1);
      if (value.startsWith("?")) {
        reader.malformedValue(name);
      }
      reader.header(name, value, false);
    }
  }

  /**
   * Reads the block of a request. {@code GOOD} stands for the fields of a good one, {@code PSEUDO}
   * for its pseudo-fields.
   */
  static ParsedRequest request(String fields, RequestReader reader) {
    reader.reset();
    read(fields.replace("GOOD", GOOD).replace("PSEUDO", PSEUDO), reader);
    return reader.finish();
  }
}

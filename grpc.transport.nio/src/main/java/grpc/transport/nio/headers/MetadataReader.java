package grpc.transport.nio.headers;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.spi.transport.ReceivedMetadata;
import java.util.ArrayList;
import java.util.List;

/** Collects the custom fields of a header block. Owned by a connection's reader. */
final class MetadataReader {
  /** The bytes of a String beside its characters, with its place in a list. */
  private static final int STRING_OVERHEAD = 48;

  private final List<String> fields = new ArrayList<>();
  private final List<String> lastFields = new ArrayList<>();
  private Metadata last = Metadata.EMPTY;
  private String malformed = "";
  private int taken;

  void reset() {
    fields.clear();
    malformed = "";
    taken = 0;
  }

  void add(String name, String value) {
    fields.add(name);
    fields.add(value);
  }

  /**
   * {@return the name of a {@code -bin} field with a value that is not base64, or empty} Call it
   * after {@link #build}.
   */
  String malformed() {
    return malformed;
  }

  /**
   * {@return the bytes of memory of the fields, 0 if they equal the previous ones} Call it after
   * {@link #build}.
   */
  int taken() {
    return taken;
  }

  /**
   * {@return the metadata; for the same fields as last time the same object, because most calls
   * have the same}
   */
  Metadata build() {
    if (fields.isEmpty()) {
      return Metadata.EMPTY;
    }
    if (sameAsLast()) {
      return last;
    }
    var received = new ReceivedMetadata(fields.size() / 2);
    for (int i = 0; i < fields.size(); i += 2) {
      String name = fields.get(i);
      String value = fields.get(i + 1);
      if (!MetadataKey.isBinary(name)) {
        received.add(name, value);
      } else if (!BinaryMetadata.addDecoded(received, name, value)) {
        malformed = name;
        return Metadata.EMPTY;
      }
    }
    fields.forEach(field -> taken += STRING_OVERHEAD + field.length());
    last = received.build();
    lastFields.clear();
    lastFields.addAll(fields);
    return last;
  }

  @SuppressWarnings({
    "ReferenceEquality",
    "StringEquality"
  }) // HPACK's tables hand out the same Strings
  private boolean sameAsLast() {
    if (fields.size() != lastFields.size()) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i) != lastFields.get(i)) {
        return false;
      }
    }
    return true;
  }
}

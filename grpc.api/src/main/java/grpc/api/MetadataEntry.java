package grpc.api;

import java.util.Arrays;

/**
 * One entry of metadata: text, or bytes under a name that ends in {@code -bin}. Iterate over {@link
 * Metadata} to get entries; pass them to {@link Metadata.Builder#add(MetadataEntry)}. To read the
 * entries of a known key, use {@link Metadata#find} and {@link Metadata#all}. Immutable.
 */
public sealed interface MetadataEntry {
  /** {@return the name, as received or as in its key} */
  String name();

  /** An entry of text. */
  final class Text implements MetadataEntry {
    private final String name;
    private final String value;

    Text(String name, String value) {
      this.name = name;
      this.value = value;
    }

    @Override
    public String name() {
      return name;
    }

    /** {@return the text; a peer may have sent characters other than printable ASCII} */
    public String value() {
      return value;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Text t && name.equals(t.name) && value.equals(t.value);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + value.hashCode();
    }

    @Override
    public String toString() {
      return name + "=" + value;
    }
  }

  /** An entry of bytes. */
  final class Binary implements MetadataEntry {
    private final String name;
    private final byte[] value;

    /** An entry of these bytes, which must not change. */
    Binary(String name, byte[] value) {
      this.name = name;
      this.value = value;
    }

    @Override
    public String name() {
      return name;
    }

    /** {@return a copy of the bytes} */
    public byte[] value() {
      return value.clone();
    }

    /** The bytes themselves. */
    byte[] shared() {
      return value;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Binary b && name.equals(b.name) && Arrays.equals(value, b.value);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    /** {@return the name and the number of bytes} */
    @Override
    public String toString() {
      return name + "=<" + value.length + " bytes>";
    }
  }
}

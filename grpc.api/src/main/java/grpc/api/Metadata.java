package grpc.api;

import grpc.api.wire.MetadataAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The headers or trailers of a call: ordered, with any number of values per key, immutable. Values
 * under {@code -bin} keys are bytes, all others are printable ASCII. Setting a text removes spaces
 * and tabs at its ends: HTTP/2 forbids them (RFC 9113 §8.2.1; PROTOCOL-HTTP2, Custom-Metadata).
 * Iterate over it to see all entries in their order.
 */
public final class Metadata implements Iterable<MetadataEntry> {
  /** No entries. */
  public static final Metadata EMPTY = new Metadata(new Object[0]);

  /** Name, value, name, value…; a value is a String or a byte[]. */
  private final Object[] entries;

  static {
    MetadataAccess.provide(new OpenMetadata());
  }

  /** Metadata of these entries; the caller must not change them from now on. */
  Metadata(Object[] entries) {
    this.entries = entries;
  }

  /** The entries themselves. */
  Object[] entries() {
    return entries;
  }

  /** {@return metadata with one entry} {@link Builder#add} lists the refused values. */
  public static <T> Metadata of(MetadataKey<T> key, T value) {
    return EMPTY.with(key, value);
  }

  /** {@return a builder that starts empty} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return this metadata with one more entry at its end; earlier ones of the same key stay}
   * {@link Builder#add} lists the refused values.
   */
  public <T> Metadata with(MetadataKey<T> key, T value) {
    return builder().addAll(this).add(key, value).build();
  }

  /** {@return this metadata followed by the other's entries} */
  public Metadata merged(Metadata other) {
    if (isEmpty()) {
      return other;
    }
    return other.isEmpty() ? this : builder().addAll(this).addAll(other).build();
  }

  /** {@return this metadata without the entries of that name} */
  public Metadata without(MetadataKey<?> key) {
    var builder = builder();
    for (int i = 0; i < entries.length; i += 2) {
      if (!key.name().equals(entries[i])) {
        builder.put(entries[i], entries[i + 1]);
      }
    }
    return builder.build();
  }

  /** {@return the last value of this key} */
  public <T> Optional<T> find(MetadataKey<T> key) {
    for (int i = entries.length - 2; i >= 0; i -= 2) {
      if (key.name().equals(entries[i])) {
        return Optional.of(key.type().cast(copy(entries[i + 1])));
      }
    }
    return Optional.empty();
  }

  /** {@return all values of this key in their order} */
  public <T> List<T> all(MetadataKey<T> key) {
    var values = new ArrayList<T>();
    for (int i = 0; i < entries.length; i += 2) {
      if (key.name().equals(entries[i])) {
        values.add(key.type().cast(copy(entries[i + 1])));
      }
    }
    return List.copyOf(values);
  }

  /** {@return the number of entries} */
  public int size() {
    return entries.length / 2;
  }

  /** {@return whether there are no entries} */
  public boolean isEmpty() {
    return entries.length == 0;
  }

  /** {@return the entries in their order} Bytes are copied only when you read them. */
  @Override
  public Iterator<MetadataEntry> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < entries.length;
      }

      @Override
      public MetadataEntry next() {
        if (next >= entries.length) {
          throw new NoSuchElementException("the metadata has " + size() + " entries");
        }
        var name = (String) entries[next++];
        return entries[next++] instanceof byte[] bytes
            ? new MetadataEntry.Binary(name, bytes)
            : new MetadataEntry.Text(name, (String) entries[next - 1]);
      }
    };
  }

  private static Object copy(Object value) {
    return value instanceof byte[] bytes ? bytes.clone() : value;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Metadata m && Arrays.deepEquals(entries, m.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(entries);
  }

  /** {@return names with text values; the values of {@code -bin} keys as a number of bytes} */
  @Override
  public String toString() {
    var text = new StringJoiner(", ", "{", "}");
    forEach(entry -> text.add(entry.toString()));
    return text.toString();
  }

  /** Collects entries; not for use by several threads at once. */
  public static final class Builder {
    private Object[] entries = new Object[8];
    private int size;

    private Builder() {}

    /**
     * Adds an entry at the end. Bytes are copied, and spaces and tabs at the ends of a text are
     * dropped.
     *
     * @throws NullPointerException when the value is null; the message names the key
     * @throws IllegalArgumentException when a text value has characters other than 0x20 to 0x7E
     */
    public <T> Builder add(MetadataKey<T> key, T value) {
      return put(
          key.name(),
          switch (value) {
            case String text when key.type() == String.class -> MetadataText.checked(key, text);
            case byte[] bytes when key.type() == byte[].class -> bytes.clone();
            case null ->
                throw new NullPointerException(
                    "metadata \""
                        + key
                        + "\": null (expected: a value; leave the entry out if"
                        + " there is none)");
            default ->
                throw new IllegalArgumentException(
                    "metadata \"%s\": a %s (expected: a %s)"
                        .formatted(key, value.getClass().getTypeName(), key.type().getTypeName()));
          });
    }

    /** Adds all of the other's entries at the end. */
    public Builder addAll(Metadata other) {
      for (int i = 0; i < other.entries.length; i += 2) {
        put(other.entries[i], other.entries[i + 1]);
      }
      return this;
    }

    /** Adds an entry of other metadata at the end, under the same name. */
    public Builder add(MetadataEntry entry) {
      return put(
          entry.name(),
          switch (entry) {
            case MetadataEntry.Text text -> text.value();
            case MetadataEntry.Binary binary -> binary.shared();
          });
    }

    private Builder put(Object name, Object value) {
      if (size == entries.length) {
        entries = Arrays.copyOf(entries, size * 2);
      }
      entries[size++] = name;
      entries[size++] = value;
      return this;
    }

    /** {@return the entries added so far} */
    public Metadata build() {
      return size == 0 ? EMPTY : new Metadata(Arrays.copyOf(entries, size));
    }
  }
}

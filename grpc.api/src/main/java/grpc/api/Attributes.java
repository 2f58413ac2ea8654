package grpc.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An immutable, typed map carried beside endpoints, addresses, peers and call options. */
public final class Attributes {
  /** No attributes. */
  public static final Attributes EMPTY = new Attributes(Map.of());

  /**
   * A key, compared by identity; its name is for logs only.
   *
   * @param <T> the type of its values
   */
  public static final class Key<T> {
    private final String name;

    private Key(String name) {
      this.name = name;
    }

    /** {@return a new key, equal to no other} */
    public static <T> Key<T> of(String name) {
      return new Key<>(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final Map<Key<?>, Object> values;

  private Attributes(Map<Key<?>, Object> values) {
    this.values = values;
  }

  /**
   * {@return these attributes with one more, or with another value for this key}
   *
   * @throws NullPointerException when the value is null; the message names the key
   */
  public <T> Attributes with(Key<T> key, T value) {
    Objects.requireNonNull(key, "key");
    if (value == null) {
      throw new NullPointerException(
          "attribute \"" + key + "\": null (expected: a value; leave it out if there is none)");
    }
    var copy = new HashMap<>(values);
    copy.put(key, value);
    return new Attributes(Map.copyOf(copy));
  }

  /** {@return these attributes and the other's} If both have a key, the other's value is taken. */
  public Attributes merged(Attributes other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    var copy = new HashMap<>(values);
    copy.putAll(other.values);
    return new Attributes(Map.copyOf(copy));
  }

  /** {@return the value under this key} */
  @SuppressWarnings("unchecked") // only with(Key<T>, T) puts a value under a key
  public <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable((T) values.get(key));
  }

  /** {@return whether there are none} */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Attributes a && values.equals(a.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}

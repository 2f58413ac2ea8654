package grpc.api;

import java.util.Objects;

/**
 * The name and type of a metadata entry. Text keys carry printable ASCII, keys that end in {@code
 * -bin} carry bytes (PROTOCOL-HTTP2, Custom-Metadata). Equal by name.
 *
 * @param <T> {@link String} or {@code byte[]}
 */
public final class MetadataKey<T> {
  /** The client software, for a server to read (PROTOCOL-HTTP2, User Agents). */
  public static final MetadataKey<String> USER_AGENT = reserved("user-agent");

  /** The number of earlier attempts of this call, for a server to read (gRFC A6). */
  public static final MetadataKey<String> PREVIOUS_RPC_ATTEMPTS =
      reserved("grpc-previous-rpc-attempts");

  /**
   * The delay in milliseconds before the client retries, in a server's trailers; a negative number
   * forbids a retry (gRFC A6).
   */
  public static final MetadataKey<String> RETRY_PUSHBACK_MS = reserved("grpc-retry-pushback-ms");

  private static final String BINARY_SUFFIX = "-bin";

  private final String name;
  private final Class<T> type;

  private MetadataKey(String name, Class<T> type) {
    this.name = name;
    this.type = type;
  }

  /**
   * {@return a key for text}
   *
   * @param name of {@code [0-9a-z_.-]}, not ending in {@code -bin}, not starting with {@code
   *     grpc-}, and no field of HTTP/2's own such as {@code content-type}
   * @throws IllegalArgumentException when the name is not of that form; the message says which
   *     method takes it
   */
  public static MetadataKey<String> text(String name) {
    requireValid(name);
    if (isBinary(name)) {
      throw refused(name, "ends in \"-bin\", so it carries bytes: use " + binaryKey(name));
    }
    ReservedNames.requireUnreserved(name);
    return new MetadataKey<>(name, String.class);
  }

  /**
   * {@return a key for bytes}
   *
   * @param name of {@code [0-9a-z_.-]}, ending in {@code -bin}, not starting with {@code grpc-}
   * @throws IllegalArgumentException when the name is not of that form; the message says which
   *     method takes it
   */
  public static MetadataKey<byte[]> binary(String name) {
    requireValid(name);
    if (isBinary(name)) {
      ReservedNames.requireUnreserved(name);
    }
    return reservedBinary(name);
  }

  /**
   * {@return a key for bytes; its name may start with {@code grpc-}}
   *
   * @throws IllegalArgumentException when the name is malformed or does not end in {@code -bin}
   */
  static MetadataKey<byte[]> reservedBinary(String name) {
    requireValid(name);
    if (!isBinary(name)) {
      throw refused(
          name,
          "does not end in \"-bin\", as keys for bytes do: add it, or use MetadataKey.text for"
              + " text");
    }
    return new MetadataKey<>(name, byte[].class);
  }

  /**
   * {@return a key for text; its name may start with {@code grpc-}}
   *
   * @throws IllegalArgumentException when the name is malformed or ends in {@code -bin}
   */
  static MetadataKey<String> reserved(String name) {
    requireValid(name);
    if (isBinary(name)) {
      throw refused(name, "ends in \"-bin\", so it carries bytes: use " + binaryKey(name));
    }
    return new MetadataKey<>(name, String.class);
  }

  /** {@return whether entries of this name carry bytes} */
  public static boolean isBinary(String name) {
    return name.endsWith(BINARY_SUFFIX);
  }

  /** {@return the lower-case name on the wire} */
  public String name() {
    return name;
  }

  Class<T> type() {
    return type;
  }

  private static String binaryKey(String name) {
    return ReservedNames.isOfGrpc(name)
        ? "grpc.spi.transport.ReservedKeys.binary"
        : "MetadataKey.binary";
  }

  static IllegalArgumentException refused(String name, String why) {
    return new IllegalArgumentException("metadata key \"" + name + "\" " + why);
  }

  private static void requireValid(String name) {
    boolean valid = !name.isEmpty();
    for (int i = 0; i < name.length() && valid; i++) {
      char c = name.charAt(i);
      valid = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.';
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "metadata key \"" + name + "\" (expected: one or more of 0-9 a-z _ . -, in lower case)");
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof MetadataKey<?> k && name.equals(k.name);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(name);
  }

  @Override
  public String toString() {
    return name;
  }
}

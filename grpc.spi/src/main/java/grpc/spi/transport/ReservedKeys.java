package grpc.spi.transport;

import grpc.api.MetadataKey;

/**
 * Metadata keys with names that gRPC reserves, such as {@code grpc-trace-bin} (gRFC A72), for
 * plugins that set or read them. Applications use {@link MetadataKey#USER_AGENT}, {@link
 * MetadataKey#RETRY_PUSHBACK_MS} and {@link MetadataKey#PREVIOUS_RPC_ATTEMPTS}.
 */
public final class ReservedKeys {
  private ReservedKeys() {}

  /**
   * {@return a key for text}
   *
   * @param name of {@code [0-9a-z_.-]}, not ending in {@code -bin}
   * @throws IllegalArgumentException if the name is not of that form
   */
  @SuppressWarnings("unchecked") // the access knows no type of grpc.api
  public static MetadataKey<String> text(String name) {
    return (MetadataKey<String>) MetadataFields.ACCESS.textKey(name);
  }

  /**
   * {@return a key for bytes}
   *
   * @param name of {@code [0-9a-z_.-]}, ending in {@code -bin}
   * @throws IllegalArgumentException if the name is not of that form
   */
  @SuppressWarnings("unchecked") // the access knows no type of grpc.api
  public static MetadataKey<byte[]> binary(String name) {
    return (MetadataKey<byte[]>) MetadataFields.ACCESS.binaryKey(name);
  }
}

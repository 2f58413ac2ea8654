package grpc.spi.transport;

import grpc.api.Metadata;
import grpc.api.wire.MetadataAccess;

/**
 * The entries of metadata by index, without a copy, for a transport that writes them. Leave out
 * entries whose name {@link #isReserved}.
 */
public final class MetadataFields {
  /** A constant, so that an access costs one load. */
  static final MetadataAccess ACCESS = MetadataAccess.of(Metadata.EMPTY);

  /** The overhead of a field beside its name and value (RFC 9113 §6.5.2). */
  private static final int FIELD_OVERHEAD = 32;

  private MetadataFields() {}

  /** {@return the name of the entry at this index, from 0 to {@link Metadata#size()} - 1} */
  public static String name(Metadata metadata, int index) {
    return (String) ACCESS.entries(metadata)[2 * index];
  }

  /** {@return whether the entry's value is bytes, sent as base64} */
  public static boolean isBinary(Metadata metadata, int index) {
    return ACCESS.entries(metadata)[2 * index + 1] instanceof byte[];
  }

  /**
   * {@return the value of an entry that is text}
   *
   * @throws ClassCastException if it is bytes
   */
  public static String text(Metadata metadata, int index) {
    return (String) ACCESS.entries(metadata)[2 * index + 1];
  }

  /**
   * {@return the value of an entry that is bytes: the metadata's own array, do not change it or
   * pass it to code that may}
   *
   * @throws ClassCastException if it is text
   */
  public static byte[] bytes(Metadata metadata, int index) {
    return (byte[]) ACCESS.entries(metadata)[2 * index + 1];
  }

  /**
   * {@return the size of the metadata in a header list, Σ(name + value + 32) bytes (RFC 9113
   * §6.5.2)} Entries that are not sent do not count; bytes count as base64 without padding.
   */
  public static int listSize(Metadata metadata) {
    long size = 0;
    for (int i = 0; i < metadata.size(); i++) {
      String name = name(metadata, i);
      if (!isReserved(name)) {
        long value =
            isBinary(metadata, i)
                ? (bytes(metadata, i).length * 4L + 2) / 3
                : text(metadata, i).length();
        size += name.length() + value + FIELD_OVERHEAD;
      }
    }
    return (int) Math.min(size, Integer.MAX_VALUE);
  }

  /**
   * {@return whether the transport itself writes and reads the field of this name} Metadata under
   * such a name is neither sent nor received.
   */
  public static boolean isReserved(String name) {
    return switch (name) {
      case "te",
          "content-length",
          "content-type",
          "user-agent",
          "host",
          "connection",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "upgrade",
          "grpc-timeout",
          "grpc-encoding",
          "grpc-accept-encoding",
          "grpc-message-type",
          "grpc-status",
          "grpc-message",
          "grpc-status-details-bin" ->
          true;
      default -> name.startsWith(":");
    };
  }
}

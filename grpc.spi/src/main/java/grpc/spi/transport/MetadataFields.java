package grpc.spi.transport;

import grpc.api.Metadata;
import grpc.api.wire.MetadataAccess;

/**
 * The entries of metadata by index, without a copy, for a transport that writes them. Leave out
 * those that {@link #isReserved} says are the transport's own.
 */
public final class MetadataFields {
  /** Constant, so that each access costs no more than a load. */
  static final MetadataAccess ACCESS = MetadataAccess.of(Metadata.EMPTY);

  /** What a field counts beside its name and value (RFC 9113 §6.5.2). */
  private static final int FIELD_OVERHEAD = 32;

  private MetadataFields() {}

  /** {@return the name of the entry at this index, from 0 to {@link Metadata#size()} - 1} */
  public static String name(Metadata metadata, int index) {
    return (String) ACCESS.entries(metadata)[2 * index];
  }

  /** {@return whether the entry's value is bytes, which travel as base64} */
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
   * {@return the value of an entry that is bytes: the metadata's own array, which you must neither
   * change nor hand to code that may}
   *
   * @throws ClassCastException if it is text
   */
  public static byte[] bytes(Metadata metadata, int index) {
    return (byte[]) ACCESS.entries(metadata)[2 * index + 1];
  }

  /**
   * {@return bytes that the metadata adds to a header list, Σ(name + value + 32) (RFC 9113 §6.5.2),
   * without the entries that are not sent; bytes count as base64 without padding}
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
   * {@return whether a transport writes or reads the field of this name itself, so that metadata
   * under it is neither sent nor received}
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

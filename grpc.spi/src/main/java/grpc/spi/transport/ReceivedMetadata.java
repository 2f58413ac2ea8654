package grpc.spi.transport;

import grpc.api.Metadata;
import java.util.Arrays;
import java.util.Objects;

/**
 * Collects metadata as a transport receives it. Names are not checked, and text may hold any
 * character: a bad received value must not be an error (PROTOCOL-HTTP2). Leave out fields whose
 * name {@link MetadataFields#isReserved}, except {@code user-agent}: it is metadata of a request.
 * For one thread.
 */
public final class ReceivedMetadata {
  private Object[] entries;
  private int size;

  /**
   * Starts with no entries.
   *
   * @param expected the expected number of entries; there may be more or fewer
   */
  public ReceivedMetadata(int expected) {
    this.entries = new Object[2 * expected];
  }

  /** Adds a text under this name, in lower case. */
  public ReceivedMetadata add(String name, String value) {
    return put(name, Objects.requireNonNull(value, name));
  }

  /**
   * Adds bytes under this name, in lower case, which ends in {@code -bin}. Decode them from base64
   * first, and do not change them afterwards: they are not copied.
   */
  public ReceivedMetadata add(String name, byte[] value) {
    return put(name, Objects.requireNonNull(value, name));
  }

  private ReceivedMetadata put(String name, Object value) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, Math.max(8, size * 2));
    }
    entries[size++] = name;
    entries[size++] = value;
    return this;
  }

  /** {@return the entries added so far} */
  public Metadata build() {
    if (size == 0) {
      return Metadata.EMPTY;
    }
    var own = size == entries.length ? entries : Arrays.copyOf(entries, size);
    return (Metadata) MetadataFields.ACCESS.metadata(own);
  }
}

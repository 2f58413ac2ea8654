package grpc.api.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives grpc.spi access to metadata without a copy, hidden from applications. {@code
 * grpc.api.Metadata} provides it when its class is initialized.
 *
 * <p>Metadata and keys are Objects here, because packages form no cycle.
 */
public abstract class MetadataAccess {
  private static @Nullable MetadataAccess provided;

  /** For {@code grpc.api.Metadata} alone. */
  protected MetadataAccess() {}

  /** Provides the access, once. For {@code grpc.api.Metadata} alone. */
  public static void provide(MetadataAccess access) {
    if (provided != null) {
      throw new IllegalStateException("the access to metadata was provided before");
    }
    provided = access;
  }

  /**
   * {@return the access}
   *
   * @param metadata any metadata, so that its class is initialized
   */
  public static MetadataAccess of(Object metadata) {
    return Objects.requireNonNull(provided, () -> metadata + " provides no access");
  }

  /** {@return name, value, name, value… of the metadata itself: not to be changed} */
  public abstract Object[] entries(Object metadata);

  /**
   * {@return metadata of these entries} They are not checked; the caller must not change them from
   * now on.
   */
  public abstract Object metadata(Object[] entries);

  /** {@return a key for text of any well-formed name} */
  public abstract Object textKey(String name);

  /** {@return a key for bytes of any well-formed name that ends in {@code -bin}} */
  public abstract Object binaryKey(String name);
}

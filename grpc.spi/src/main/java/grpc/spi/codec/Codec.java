package grpc.spi.codec;

/**
 * A message format; a {@link java.util.ServiceLoader} service. Your codec has a public constructor
 * without arguments, and is shared by all threads. No method returns null.
 */
public interface Codec {
  /** {@return the content-subtype: {@code proto} in {@code application/grpc+proto}} */
  String name();

  /**
   * {@return the marshaller of messages of this type} The kernel asks once for each method of a
   * channel or server, on any thread, and never for a message. Do not block.
   *
   * @throws IllegalArgumentException when this format cannot carry the type; the message says which
   *     types it can
   */
  <T> Marshaller<T> marshaller(Class<T> type);
}

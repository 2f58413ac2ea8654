package grpc.spi.codec;

/** A message format; a {@link java.util.ServiceLoader} service. Shared by all threads. */
public interface Codec {
  /** {@return the content-subtype: {@code proto} in {@code application/grpc+proto}} */
  String name();

  /**
   * {@return what marshals messages of this type; looked up once a method, never per message}
   *
   * @throws IllegalArgumentException when this format cannot carry the type; the message says which
   *     types it can
   */
  <T> Marshaller<T> marshaller(Class<T> type);
}

package grpc.spi.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A message compression; a {@link java.util.ServiceLoader} service. Stateless and shared: every
 * message is compressed in a context of its own.
 */
public interface Compressor {
  /** {@return the {@code grpc-encoding} value, for example {@code gzip}} */
  String encoding();

  /** {@return a stream that compresses into the sink; closing it completes the message} */
  OutputStream compress(OutputStream sink) throws IOException;

  /**
   * {@return a stream that yields the decompressed bytes as they are read, so that the reader can
   * stop at its size limit} It throws {@link IOException} for corrupt data.
   */
  InputStream decompress(InputStream source) throws IOException;
}

package grpc.spi.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A message compression; a {@link java.util.ServiceLoader} service. Your compressor has a public
 * constructor without arguments and no state, and is shared by all threads: every message is
 * compressed in a context of its own. No method returns null. Any exception ends the call with
 * INTERNAL.
 */
public interface Compressor {
  /** {@return the {@code grpc-encoding} value, for example {@code gzip}} */
  String encoding();

  /**
   * {@return a stream that compresses into the sink} The kernel writes one message and closes the
   * stream: write the rest then. Closing must also release your resources, after an exception too.
   */
  OutputStream compress(OutputStream sink) throws IOException;

  /**
   * {@return a stream that yields the decompressed bytes as they are read, so that the reader can
   * stop at its size limit} Do not decompress ahead: a small message may be an enormous one. Throw
   * {@link IOException} for corrupt data, and for bytes behind the end of the message. The kernel
   * closes the stream, sometimes before its end.
   */
  InputStream decompress(InputStream source) throws IOException;
}

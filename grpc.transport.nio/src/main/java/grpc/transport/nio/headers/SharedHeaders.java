package grpc.transport.nio.headers;

import grpc.api.Metadata;
import grpc.spi.transport.MetadataFields;
import grpc.spi.transport.RequestHeaders;
import grpc.transport.nio.hpack.HpackEncoder;
import java.nio.ByteBuffer;

/**
 * The fields with which a request's headers end, and a response's too: how messages are compressed,
 * how the other side may compress its own, metadata.
 */
final class SharedHeaders {
  private SharedHeaders() {}

  /** {@return the most bytes that {@link #encode} needs} */
  static int bound(String encoding, String acceptEncoding, Metadata metadata) {
    int bound = 0;
    if (isCompressed(encoding)) {
      bound += Fields.encoding(encoding).maxEncodedSize();
    }
    if (!acceptEncoding.isEmpty()) {
      bound += Fields.acceptEncoding(acceptEncoding).maxEncodedSize();
    }
    return bound + Fields.bound(metadata);
  }

  /** {@return what these fields add to the size of a header list (RFC 9113 §6.5.2)} */
  static int listSize(String encoding, String acceptEncoding, Metadata metadata) {
    int size = 0;
    if (isCompressed(encoding)) {
      size += Fields.encoding(encoding).listSize();
    }
    if (!acceptEncoding.isEmpty()) {
      size += Fields.acceptEncoding(acceptEncoding).listSize();
    }
    return size + MetadataFields.listSize(metadata);
  }

  static void encode(
      HpackEncoder encoder,
      ByteBuffer out,
      String encoding,
      String acceptEncoding,
      Metadata metadata) {
    if (isCompressed(encoding)) {
      encoder.encode(out, Fields.encoding(encoding));
    }
    if (!acceptEncoding.isEmpty()) {
      encoder.encode(out, Fields.acceptEncoding(acceptEncoding));
    }
    Fields.encode(encoder, out, metadata);
  }

  private static boolean isCompressed(String encoding) {
    return !encoding.equals(RequestHeaders.IDENTITY);
  }
}

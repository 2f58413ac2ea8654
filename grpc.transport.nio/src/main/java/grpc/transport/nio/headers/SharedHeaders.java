package grpc.transport.nio.headers;

import grpc.api.Metadata;
import grpc.spi.transport.MetadataFields;
import grpc.spi.transport.RequestHeaders;
import grpc.transport.nio.hpack.HpackEncoder;
import java.nio.ByteBuffer;

/**
 * The last fields of a request's and a response's headers: the encoding of the messages, the
 * encodings that the other side may use, and metadata.
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

  /** {@return the size of these fields in a header list (RFC 9113 §6.5.2)} */
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

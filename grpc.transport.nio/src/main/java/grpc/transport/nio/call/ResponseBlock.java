package grpc.transport.nio.call;

import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.transport.nio.hpack.HpackEncoder;
import grpc.transport.nio.outbound.HeaderBlock;
import java.nio.ByteBuffer;

/** A response's headers. */
public record ResponseBlock(ResponseHeaders headers) implements HeaderBlock {
  @Override
  public int bound() {
    int bound =
        HpackEncoder.MAX_BLOCK_START
            + Fields.STATUS_200.maxEncodedSize()
            + Fields.contentType(headers.contentSubtype()).maxEncodedSize();
    if (isCompressed()) {
      bound += Fields.encoding(headers.encoding()).maxEncodedSize();
    }
    if (!headers.acceptEncoding().isEmpty()) {
      bound += Fields.acceptEncoding(headers.acceptEncoding()).maxEncodedSize();
    }
    return bound + Fields.bound(headers.metadata());
  }

  @Override
  public int listSize() {
    int size =
        Fields.STATUS_200.listSize() + Fields.contentType(headers.contentSubtype()).listSize();
    if (isCompressed()) {
      size += Fields.encoding(headers.encoding()).listSize();
    }
    if (!headers.acceptEncoding().isEmpty()) {
      size += Fields.acceptEncoding(headers.acceptEncoding()).listSize();
    }
    return size + Fields.listSize(headers.metadata());
  }

  private boolean isCompressed() {
    return !headers.encoding().equals(RequestHeaders.IDENTITY);
  }

  @Override
  public void encode(HpackEncoder encoder, ByteBuffer out) {
    encoder.encode(out, Fields.STATUS_200);
    encoder.encode(out, Fields.contentType(headers.contentSubtype()));
    if (isCompressed()) {
      encoder.encode(out, Fields.encoding(headers.encoding()));
    }
    if (!headers.acceptEncoding().isEmpty()) {
      encoder.encode(out, Fields.acceptEncoding(headers.acceptEncoding()));
    }
    Fields.encode(encoder, out, headers.metadata());
  }
}

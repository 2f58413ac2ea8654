package grpc.transport.nio.headers;

import grpc.spi.transport.ResponseHeaders;
import grpc.transport.nio.hpack.HpackEncoder;
import grpc.transport.nio.outbound.HeaderBlock;
import java.nio.ByteBuffer;

/** A response's headers. */
public record ResponseBlock(ResponseHeaders headers) implements HeaderBlock {
  @Override
  public int bound() {
    return HpackEncoder.MAX_BLOCK_START
        + Fields.STATUS_200.maxEncodedSize()
        + Fields.contentType(headers.contentSubtype()).maxEncodedSize()
        + SharedHeaders.bound(headers.encoding(), headers.acceptEncoding(), headers.metadata());
  }

  @Override
  public int listSize() {
    return Fields.STATUS_200.listSize()
        + Fields.contentType(headers.contentSubtype()).listSize()
        + SharedHeaders.listSize(headers.encoding(), headers.acceptEncoding(), headers.metadata());
  }

  @Override
  public void encode(HpackEncoder encoder, ByteBuffer out) {
    encoder.encode(out, Fields.STATUS_200);
    encoder.encode(out, Fields.contentType(headers.contentSubtype()));
    SharedHeaders.encode(
        encoder, out, headers.encoding(), headers.acceptEncoding(), headers.metadata());
  }
}

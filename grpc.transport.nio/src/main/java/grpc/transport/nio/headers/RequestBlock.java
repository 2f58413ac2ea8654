package grpc.transport.nio.headers;

import grpc.spi.transport.RequestHeaders;
import grpc.transport.nio.hpack.HpackEncoder;
import grpc.transport.nio.hpack.HpackField;
import grpc.transport.nio.hpack.Indexing;
import grpc.transport.nio.outbound.HeaderBlock;
import java.nio.ByteBuffer;

/** A request's headers in the order of PROTOCOL-HTTP2. */
public final class RequestBlock implements HeaderBlock {
  private static final int TIMEOUT_BOUND = HpackEncoder.maxEncodedSize("grpc-timeout", "99999999n");

  private final RequestHeaders headers;
  private final HpackField path;
  private final HpackField authority;
  private final HpackField userAgent;

  /** The block for these headers. */
  public RequestBlock(RequestHeaders headers, String userAgent) {
    this.headers = headers;
    this.path = Fields.path(headers.path());
    this.authority = Fields.authority(headers.authority());
    this.userAgent = Fields.userAgent(userAgent);
  }

  @Override
  public int bound() {
    return HpackEncoder.MAX_BLOCK_START
        + Fields.METHOD_POST.maxEncodedSize()
        + Fields.SCHEME_HTTP.maxEncodedSize()
        + path.maxEncodedSize()
        + authority.maxEncodedSize()
        + Fields.TE_TRAILERS.maxEncodedSize()
        + Fields.contentType(headers.contentSubtype()).maxEncodedSize()
        + userAgent.maxEncodedSize()
        + TIMEOUT_BOUND
        + SharedHeaders.bound(headers.encoding(), headers.acceptEncoding(), headers.metadata());
  }

  @Override
  public int listSize() {
    int size =
        Fields.METHOD_POST.listSize()
            + Fields.SCHEME_HTTP.listSize()
            + path.listSize()
            + authority.listSize()
            + Fields.TE_TRAILERS.listSize()
            + Fields.contentType(headers.contentSubtype()).listSize()
            + userAgent.listSize();
    if (headers.timeoutNanos() != RequestHeaders.NO_TIMEOUT) {
      size += Fields.listSize("grpc-timeout", Timeouts.encode(headers.timeoutNanos()).length());
    }
    return size
        + SharedHeaders.listSize(headers.encoding(), headers.acceptEncoding(), headers.metadata());
  }

  @Override
  public void encode(HpackEncoder encoder, ByteBuffer out) {
    encoder.encode(out, Fields.METHOD_POST);
    encoder.encode(out, Fields.SCHEME_HTTP);
    encoder.encode(out, path);
    encoder.encode(out, authority);
    encoder.encode(out, Fields.TE_TRAILERS);
    if (headers.timeoutNanos() != RequestHeaders.NO_TIMEOUT) {
      String timeout = Timeouts.encode(headers.timeoutNanos());
      encoder.encode(out, "grpc-timeout", timeout, Indexing.INDEX_NAME);
    }
    encoder.encode(out, Fields.contentType(headers.contentSubtype()));
    encoder.encode(out, userAgent);
    SharedHeaders.encode(
        encoder, out, headers.encoding(), headers.acceptEncoding(), headers.metadata());
  }
}

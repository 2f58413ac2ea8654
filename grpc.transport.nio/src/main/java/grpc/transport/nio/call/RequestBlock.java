package grpc.transport.nio.call;

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
    int bound =
        HpackEncoder.MAX_BLOCK_START
            + Fields.METHOD_POST.maxEncodedSize()
            + Fields.SCHEME_HTTP.maxEncodedSize()
            + path.maxEncodedSize()
            + authority.maxEncodedSize()
            + Fields.TE_TRAILERS.maxEncodedSize()
            + Fields.contentType(headers.contentSubtype()).maxEncodedSize()
            + userAgent.maxEncodedSize()
            + TIMEOUT_BOUND;
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
    if (isCompressed()) {
      encoder.encode(out, Fields.encoding(headers.encoding()));
    }
    if (!headers.acceptEncoding().isEmpty()) {
      encoder.encode(out, Fields.acceptEncoding(headers.acceptEncoding()));
    }
    Fields.encode(encoder, out, headers.metadata());
  }
}

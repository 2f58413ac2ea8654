package grpc.transport.nio.headers;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.MetadataFields;
import grpc.transport.nio.hpack.HpackEncoder;
import grpc.transport.nio.hpack.HpackField;
import grpc.transport.nio.hpack.Indexing;
import grpc.transport.nio.outbound.HeaderBlock;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The end of a response: trailers after headers, or Trailers-Only in their place. */
public final class TrailersBlock implements HeaderBlock {
  /** The end of a call with OK and no trailers of its own. */
  private static final TrailersBlock OK = new TrailersBlock(null, Status.OK, Metadata.EMPTY);

  private static final HpackField[] STATUS = new HpackField[17];

  static {
    for (int i = 0; i < STATUS.length; i++) {
      STATUS[i] = HpackField.of("grpc-status", Integer.toString(i));
    }
  }

  /** The HTTP status and content type of a Trailers-Only response; null after headers. */
  private final @Nullable Head head;

  private final Status status;
  private final String message;
  private final String details;
  private final Metadata metadata;

  private record Head(HpackField httpStatus, HpackField contentType) {}

  private TrailersBlock(@Nullable Head head, Status status, Metadata metadata) {
    this.head = head;
    this.status = status;
    this.message = StatusMessages.encode(status.message());
    this.details = status.hasDetails() ? BinaryMetadata.encode(status.details()) : "";
    this.metadata = metadata;
  }

  /** {@return trailers that follow headers} */
  public static TrailersBlock afterHeaders(Status status, Metadata metadata) {
    return status.equals(Status.OK) && metadata.isEmpty()
        ? OK
        : new TrailersBlock(null, status, metadata);
  }

  /** {@return a Trailers-Only response} */
  public static TrailersBlock only(String contentSubtype, Status status, Metadata metadata) {
    return new TrailersBlock(
        new Head(Fields.STATUS_200, Fields.contentType(contentSubtype)), status, metadata);
  }

  /** {@return the answer to a request that is not gRPC} */
  public static TrailersBlock rejected(int httpStatus, Status status) {
    var head =
        new Head(HpackField.of(":status", Integer.toString(httpStatus)), Fields.contentType(""));
    return new TrailersBlock(head, status, Metadata.EMPTY);
  }

  @Override
  public int bound() {
    int bound = HpackEncoder.MAX_BLOCK_START + STATUS[status.code().number()].maxEncodedSize();
    if (head != null) {
      bound += head.httpStatus.maxEncodedSize() + head.contentType.maxEncodedSize();
    }
    if (!message.isEmpty()) {
      bound += HpackEncoder.maxEncodedSize("grpc-message", message);
    }
    if (!details.isEmpty()) {
      bound += HpackEncoder.maxEncodedSize("grpc-status-details-bin", details);
    }
    return bound + Fields.bound(metadata);
  }

  @Override
  public int listSize() {
    int size = STATUS[status.code().number()].listSize();
    if (head != null) {
      size += head.httpStatus.listSize() + head.contentType.listSize();
    }
    if (!message.isEmpty()) {
      size += Fields.listSize("grpc-message", message.length());
    }
    if (!details.isEmpty()) {
      size += Fields.listSize("grpc-status-details-bin", details.length());
    }
    return size + MetadataFields.listSize(metadata);
  }

  /**
   * {@inheritDoc} A failure keeps its code: its message is cut and marked, and if that is not
   * enough, its details and then its metadata are left out.
   */
  @Override
  public HeaderBlock cutTo(long limit) {
    if (status.isOk()) {
      return this; // without its metadata an OK would be another answer
    }
    TrailersBlock cut = cut(status, metadata, " [cut]", limit);
    if (cut.listSize() > limit && status.hasDetails()) {
      cut = cut(withoutDetails(), metadata, " [cut, details left out]", limit);
    }
    if (cut.listSize() > limit && !metadata.isEmpty()) {
      cut = cut(withoutDetails(), Metadata.EMPTY, " [cut, trailers left out]", limit);
    }
    return cut;
  }

  private Status withoutDetails() {
    return Status.of(status.code(), status.message());
  }

  private TrailersBlock cut(Status of, Metadata with, String mark, long limit) {
    Status bare = of.withMessage(mark);
    long room = limit - new TrailersBlock(head, bare, with).listSize();
    String kept = StatusMessages.cut(of.message(), Math.clamp(room, 0, of.message().length() * 9));
    return new TrailersBlock(head, of.withMessage(kept + mark), with);
  }

  @Override
  public void encode(HpackEncoder encoder, ByteBuffer out) {
    if (head != null) {
      encoder.encode(out, head.httpStatus);
      encoder.encode(out, head.contentType);
    }
    encoder.encode(out, STATUS[status.code().number()]);
    if (!message.isEmpty()) {
      encoder.encode(out, "grpc-message", message, Indexing.NO_INDEX);
    }
    if (!details.isEmpty()) {
      encoder.encode(out, "grpc-status-details-bin", details, Indexing.NO_INDEX);
    }
    Fields.encode(encoder, out, metadata);
  }
}

package grpc.transport.nio.headers;

import grpc.transport.nio.hpack.HpackEncoder;
import grpc.transport.nio.hpack.HpackField;
import grpc.transport.nio.outbound.HeaderBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The answer to a request that is not gRPC: text for a person with a browser or curl. */
public final class ForeignAnswer implements HeaderBlock {
  private static final ForeignAnswer METHOD_NOT_ALLOWED =
      new ForeignAnswer(
          HpackField.of(":status", "405"),
          """
          405 Method Not Allowed: a gRPC server listens here.
          Call it with a gRPC client: POST, content-type application/grpc.
          """,
          HpackField.of("allow", "POST")); // RFC 9110 §15.5.6

  private static final ForeignAnswer UNSUPPORTED_MEDIA_TYPE =
      new ForeignAnswer(
          HpackField.of(":status", "415"),
          """
          415 Unsupported Media Type: a gRPC server listens here.
          Call it with a gRPC client: POST, content-type application/grpc.
          """,
          HpackField.of("accept-post", "application/grpc"));

  private final HpackField[] fields;
  private final byte[] body;

  private ForeignAnswer(HpackField status, String text, HpackField hint) {
    body = text.getBytes(StandardCharsets.US_ASCII);
    fields =
        new HpackField[] {
          status,
          HpackField.of("content-type", "text/plain"),
          HpackField.of("content-length", Integer.toString(body.length)),
          hint
        };
  }

  /** {@return the answer with this HTTP status, 405 or 415} */
  public static ForeignAnswer of(int httpStatus) {
    return httpStatus == 405 ? METHOD_NOT_ALLOWED : UNSUPPORTED_MEDIA_TYPE;
  }

  /** {@return the text} */
  public ByteBuffer body() {
    return ByteBuffer.wrap(body).asReadOnlyBuffer();
  }

  @Override
  public int bound() {
    int bound = HpackEncoder.MAX_BLOCK_START;
    for (HpackField field : fields) {
      bound += field.maxEncodedSize();
    }
    return bound;
  }

  @Override
  public int listSize() {
    int size = 0;
    for (HpackField field : fields) {
      size += field.listSize();
    }
    return size;
  }

  @Override
  public void encode(HpackEncoder encoder, ByteBuffer out) {
    for (HpackField field : fields) {
      encoder.encode(out, field);
    }
  }
}

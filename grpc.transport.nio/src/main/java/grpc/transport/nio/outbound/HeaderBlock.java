package grpc.transport.nio.outbound;

import grpc.transport.nio.hpack.HpackEncoder;
import java.nio.ByteBuffer;

/** A header list that is encoded when it is written, since HPACK's state belongs to the writer. */
public interface HeaderBlock {
  /** More than a byte of {@link #bound} can add to {@link #listSize}: a field is 32 bytes there. */
  int LIST_BYTES_PER_BYTE = 16;

  /** {@return the most bytes that {@link #encode} needs} */
  int bound();

  /** {@return the size of the list in bytes, Σ(name + value + 32) (RFC 9113 §6.5.2)} */
  int listSize();

  /** {@return whether the list is larger; looks closely only where it may be} */
  default boolean isLargerThan(long limit) {
    return (long) bound() * LIST_BYTES_PER_BYTE > limit && listSize() > limit;
  }

  /**
   * {@return this block, less what may be left out for its list to have at most so many bytes; this
   * block itself if nothing may}
   */
  default HeaderBlock cutTo(long limit) {
    return this;
  }

  /** Encodes all fields. */
  void encode(HpackEncoder encoder, ByteBuffer out);
}

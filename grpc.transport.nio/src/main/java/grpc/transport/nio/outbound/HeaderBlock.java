package grpc.transport.nio.outbound;

import grpc.transport.nio.hpack.HpackEncoder;
import java.nio.ByteBuffer;

/** A header list. It is encoded when it is written, because HPACK's state belongs to the writer. */
public interface HeaderBlock {
  /**
   * The most that a byte of {@link #bound} can add to {@link #listSize}: a field counts 32 bytes
   * there.
   */
  int LIST_BYTES_PER_BYTE = 16;

  /** {@return the most bytes that {@link #encode} needs} */
  int bound();

  /** {@return the size of the list in bytes, Σ(name + value + 32) (RFC 9113 §6.5.2)} */
  int listSize();

  /**
   * {@return whether the list is larger} Computes the size only if the bound allows a larger one.
   */
  default boolean isLargerThan(long limit) {
    return (long) bound() * LIST_BYTES_PER_BYTE > limit && listSize() > limit;
  }

  /**
   * {@return this block, shortened so that its list has at most this many bytes; this block itself
   * if it cannot be shortened}
   */
  default HeaderBlock cutTo(long limit) {
    return this;
  }

  /** Encodes all fields. */
  void encode(HpackEncoder encoder, ByteBuffer out);
}

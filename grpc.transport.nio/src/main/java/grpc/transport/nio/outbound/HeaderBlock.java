package grpc.transport.nio.outbound;

import grpc.transport.nio.hpack.HpackEncoder;
import java.nio.ByteBuffer;

/** A header list that is encoded when it is written, since HPACK's state belongs to the writer. */
public interface HeaderBlock {
  /** {@return the most bytes that {@link #encode} needs} */
  int bound();

  /** Encodes all fields. */
  void encode(HpackEncoder encoder, ByteBuffer out);
}

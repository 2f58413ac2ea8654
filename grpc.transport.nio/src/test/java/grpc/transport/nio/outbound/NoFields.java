package grpc.transport.nio.outbound;

import grpc.transport.nio.hpack.HpackEncoder;
import java.nio.ByteBuffer;

/** Headers of which nothing is to be seen. */
record NoFields() implements HeaderBlock {
  @Override
  public int bound() {
    return 0;
  }

  @Override
  public int listSize() {
    return 0;
  }

  @Override
  public void encode(HpackEncoder encoder, ByteBuffer out) {}
}

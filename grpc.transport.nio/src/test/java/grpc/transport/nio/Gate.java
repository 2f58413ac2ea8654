package grpc.transport.nio;

import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** A socket that takes nothing while it is shut. */
final class Gate extends ForwardingWire {
  /** Somebody has tried in vain. */
  final CountDownLatch stuck = new CountDownLatch(1);

  volatile boolean shut;

  Gate(Wire wire) {
    super(wire);
  }

  void open() {
    shut = false;
    super.awaitWritable();
  }

  @Override
  public int write(ByteBuffer out) throws IOException {
    return shut ? 0 : super.write(out);
  }

  @Override
  public void awaitWritable() {
    if (shut) {
      stuck.countDown();
    } else {
      super.awaitWritable();
    }
  }
}

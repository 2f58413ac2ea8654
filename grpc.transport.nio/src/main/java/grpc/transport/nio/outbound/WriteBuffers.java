package grpc.transport.nio.outbound;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few direct buffers for writing, shared by all connections: few connections write at one moment.
 */
final class WriteBuffers {
  /** The bytes of a buffer: a turn's budget, and some room beyond it. */
  static final int SIZE = 68 * 1024;

  private static final int KEPT = 16;
  private static final AtomicReferenceArray<@Nullable ByteBuffer> FREE =
      new AtomicReferenceArray<>(KEPT);

  private WriteBuffers() {}

  static ByteBuffer take() {
    for (int i = 0; i < KEPT; i++) {
      if (FREE.getPlain(i) != null) {
        ByteBuffer buffer = FREE.getAndSet(i, null);
        if (buffer != null) {
          return buffer.clear();
        }
      }
    }
    return ByteBuffer.allocateDirect(SIZE);
  }

  /** Gives a buffer back; do not touch it afterwards. */
  static void give(ByteBuffer buffer) {
    for (int i = 0; i < KEPT; i++) {
      if (FREE.getPlain(i) == null && FREE.compareAndSet(i, null, buffer)) {
        return;
      }
    }
  }
}

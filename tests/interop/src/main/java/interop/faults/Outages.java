package interop.faults;

import java.util.concurrent.atomic.AtomicInteger;

/** The times at which calls may end with UNAVAILABLE: from a fault until all is well again. */
final class Outages {
  /** Counts beginnings and ends, so it is odd while one lasts. */
  private final AtomicInteger turns = new AtomicInteger();

  /** A fault that ends connections begins. */
  void begin() {
    turns.incrementAndGet();
  }

  /** The channel serves again. */
  void end() {
    turns.incrementAndGet();
  }

  /** {@return a mark for {@link #since}} */
  int now() {
    return turns.get();
  }

  /** {@return whether there was one at that moment, or has been since} */
  boolean since(int mark) {
    return mark % 2 == 1 || turns.get() != mark;
  }
}

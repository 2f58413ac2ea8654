package benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The bytes that this JVM has allocated, if the module for them is there; images leave it out. */
final class Allocation {
  private Allocation() {}

  /** {@return bytes that all threads have allocated so far, or 0 where that is unknown} */
  static long bytes() {
    return ModuleLayer.boot().findModule("jdk.management").isPresent() ? Beans.bytes() : 0;
  }

  /** Apart, so that it is linked only where its module is. */
  private static final class Beans {
    static long bytes() {
      return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
    }
  }
}

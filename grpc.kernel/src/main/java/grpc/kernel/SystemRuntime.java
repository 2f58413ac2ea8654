package grpc.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Makes the runtime of this module's layer, once. If that fails, each caller gets the error, and
 * the next call tries again: a process that was short of descriptors may recover. The monitor
 * guards the making; a caller that finds the runtime made takes no lock.
 */
final class SystemRuntime {
  private volatile @Nullable GrpcRuntime made;
  private boolean making;

  GrpcRuntime get() {
    var known = made;
    return known == null ? make() : known;
  }

  private synchronized GrpcRuntime make() {
    var known = made;
    if (known != null) {
      return known;
    }
    if (making) { // by this very thread
      throw new IllegalStateException(
          "GrpcRuntime.system() was called by a provider that is made for it (expected: a provider"
              + " that asks for it later, when it is used)");
    }
    making = true;
    try {
      known = find();
      made = known;
      return known;
    } finally {
      making = false;
    }
  }

  private static GrpcRuntime find() {
    var layer = GrpcRuntime.class.getModule().getLayer();
    return layer == null
        ? GrpcRuntime.of(GrpcRuntime.class.getClassLoader())
        : GrpcRuntime.of(layer);
  }
}

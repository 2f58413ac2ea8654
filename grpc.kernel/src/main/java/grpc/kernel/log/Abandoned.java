package grpc.kernel.log;

import java.lang.ref.Cleaner;

/** Acts on objects that have become unreachable, on a thread of its own. */
public final class Abandoned {
  /** Its actions must not block for long: they come one after another. */
  public static final Cleaner CLEANER =
      Cleaner.create(
          Thread.ofPlatform()
              .daemon()
              .name("grpc-abandoned")
              .inheritInheritableThreadLocals(false)
              .factory());

  private Abandoned() {}
}

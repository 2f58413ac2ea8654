package grpc.kernel.channel;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of channels' events, shared by all channels of the process. They are platform
 * threads, which need no carrier: a virtual thread that waits in a static initializer pins its
 * carrier (JEP 491), and where all carriers are pinned by calls, these calls would wait for events
 * that can never run.
 *
 * <p>A thread is started when none is idle, up to {@link #MOST}. Past that, and where the system
 * has no thread left, an event gets a virtual thread. A plugin that blocks, although it must not,
 * then holds up its own channel alone.
 */
public final class EventThreads implements Executor {
  /** Those of the process. */
  public static final Executor SHARED = new EventThreads();

  private static final int MOST = 16;
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MOST,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform()
              .daemon()
              .name("grpc-channel-", 0)
              .inheritInheritableThreadLocals(false)
              .factory(),
          (task, pool) -> startVirtual(task));

  private EventThreads() {}

  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (OutOfMemoryError e) { // "unable to create native thread"
      startVirtual(task);
    }
  }

  private static void startVirtual(Runnable task) {
    Thread.ofVirtual().name("grpc-channel").inheritInheritableThreadLocals(false).start(task);
  }
}

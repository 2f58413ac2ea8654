package benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many workers that do the same operation over and over, first to warm up, then to be measured.
 * Prints {@code BEGIN} when the measurement begins, {@code END} and a line of JSON when it has
 * ended, so that the parent process can read its CPU time in between.
 */
public final class Load {
  /** One worker's state: a call to repeat, or a stream to send on. */
  @FunctionalInterface
  public interface Operation {
    /**
     * Does it once or more often.
     *
     * @return how many operations that was
     */
    int run() throws Exception;
  }

  /** Makes a worker's operation, on its thread. */
  @FunctionalInterface
  public interface Worker {
    /** {@return the operation} */
    Operation start() throws Exception;
  }

  private final AtomicLong errors = new AtomicLong();
  private volatile boolean measuring;
  private volatile boolean stopped;

  private Load() {}

  /**
   * Runs the load and prints what came of it.
   *
   * @return the process's exit code: 1 when nothing but errors came
   */
  public static int run(
      int concurrency, ThreadFactory threads, Duration warmup, Duration duration, Worker worker)
      throws InterruptedException {
    var load = new Load();
    long operations = load.measure(concurrency, threads, warmup, duration, worker);
    return operations == 0 && load.errors.get() > 0 ? 1 : 0;
  }

  private long measure(
      int concurrency, ThreadFactory factory, Duration warmup, Duration duration, Worker worker)
      throws InterruptedException {
    var all = new ArrayList<Latencies>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < concurrency; i++) {
      var latencies = new Latencies();
      all.add(latencies);
      var thread = factory.newThread(() -> work(worker, latencies));
      threads.add(thread);
      thread.start();
    }
    Thread.sleep(warmup);
    measuring = true;
    long allocated = Allocation.bytes();
    long begin = System.nanoTime();
    System.out.println("BEGIN");
    Thread.sleep(duration);
    measuring = false;
    allocated = Allocation.bytes() - allocated;
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.println("END");
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    var merged = new Latencies();
    all.forEach(merged::add);
    System.out.printf(
        "{\"ops\":%d,\"seconds\":%.3f,\"errors\":%d,\"p50_us\":%.1f,\"p99_us\":%.1f%s}%n",
        merged.operations(),
        seconds,
        errors.get(),
        merged.micros(0.5),
        merged.micros(0.99),
        allocated > 0 ? ",\"bytes_per_op\":" + allocated / Math.max(1, merged.operations()) : "");
    return merged.operations();
  }

  private void work(Worker worker, Latencies latencies) {
    try {
      Operation operation = worker.start();
      while (!stopped) {
        once(operation, latencies);
      }
    } catch (Exception e) {
      errors.incrementAndGet();
      System.err.println("a worker ended: " + e);
    }
  }

  private void once(Operation operation, Latencies latencies) {
    boolean counts = measuring;
    long start = System.nanoTime();
    try {
      int count = operation.run();
      if (counts && measuring) {
        latencies.record(System.nanoTime() - start, count);
      }
    } catch (Exception e) {
      if (errors.getAndIncrement() == 0) {
        System.err.println("first error: " + e);
      }
    }
  }
}

package interop;

import static interop.TestCase.expect;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.StatusException;
import interop.proto.SimpleRequest;
import interop.proto.TestServiceClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import launcher.Flags;

/**
 * Large unary calls one after another for a long time.
 *
 * @param iterations how many calls all threads make together
 * @param maxFailures how many may fail, or take too long
 * @param maxLatency how long a call may take
 * @param minPeriod how long a thread waits from the start of one call to that of the next
 * @param timeout how long the whole may take
 * @param requestSize bytes of a request's payload
 * @param responseSize bytes of a response's payload
 * @param threads how many call at once
 */
record Soak(
    int iterations,
    int maxFailures,
    Duration maxLatency,
    Duration minPeriod,
    Duration timeout,
    int requestSize,
    int responseSize,
    int threads) {
  /** {@return the flags with those of the soak cases, named as in the tests' description} */
  static Flags flags(Flags flags) {
    return flags
        .option("soak_iterations", "N", "10", "calls of a soak case")
        .option("soak_max_failures", "N", "0", "calls of a soak case that may fail or be late")
        .option("soak_per_iteration_max_acceptable_latency_ms", "MS", "1000", "else it is late")
        .option("soak_min_time_ms_between_rpcs", "MS", "0", "between a thread's calls")
        .option("soak_overall_timeout_seconds", "SECONDS", "10", "for a soak case as a whole")
        .option("soak_request_size", "S", "271828", "bytes of a request's payload")
        .option("soak_response_size", "S", "314159", "bytes of a response's payload")
        .option("soak_num_threads", "N", "1", "how many call at once");
  }

  /** {@return what these flags say} */
  static Soak of(Flags flags) {
    return new Soak(
        flags.number("soak_iterations", 1),
        flags.number("soak_max_failures", 0),
        Duration.ofMillis(flags.number("soak_per_iteration_max_acceptable_latency_ms", 1)),
        Duration.ofMillis(flags.number("soak_min_time_ms_between_rpcs", 0)),
        Duration.ofSeconds(flags.number("soak_overall_timeout_seconds", 1)),
        flags.number("soak_request_size", 0),
        flags.number("soak_response_size", 0),
        flags.number("soak_num_threads", 1));
  }

  /** Runs the case, with a channel for each call or one for all. */
  void run(Setup setup, boolean channelEach) throws InterruptedException {
    var run = new Run(setup, channelEach, System.nanoTime() + timeout.toNanos());
    var left = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      Thread.ofVirtual()
          .name("soak-" + i)
          .start(() -> {
            try {
              run.work();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt(); // nobody has this thread to interrupt it
            } finally {
              left.countDown();
            }
          });
    }
    left.await();
    expect(iterations, run.done.get(), "calls within " + timeout);
    if (run.failed.get() > maxFailures) {
      throw new AssertionError(
          "%d of %d calls failed or took over %d ms (expected: at most %d)"
              .formatted(run.failed.get(), iterations, maxLatency.toMillis(), maxFailures));
    }
  }

  private final class Run {
    private final Setup setup;
    private final boolean channelEach;
    private final long endNanos;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    Run(Setup setup, boolean channelEach, long endNanos) {
      this.setup = setup;
      this.channelEach = channelEach;
      this.endNanos = endNanos;
    }

    void work() throws InterruptedException {
      while (begun.incrementAndGet() <= iterations && System.nanoTime() - endNanos < 0) {
        long start = System.nanoTime();
        if (channelEach) {
          try (var channel = setup.another().get().open()) {
            call(channel, start);
          }
        } else {
          call(setup.channel(), start);
        }
        done.incrementAndGet();
        TimeUnit.NANOSECONDS.sleep(minPeriod.toNanos() - (System.nanoTime() - start));
      }
    }

    private void call(Channel channel, long start) {
      String failure;
      try {
        int size =
            new TestServiceClient(channel)
                .with(CallOptions.timeout(timeout))
                .unaryCall(
                    SimpleRequest.newBuilder()
                        .setResponseSize(responseSize)
                        .setPayload(TestServer.payload(requestSize))
                        .build())
                .getPayload()
                .getBody()
                .size();
        failure = size == responseSize ? "" : "response of " + size + " bytes";
      } catch (StatusException e) {
        failure = e.status().toString();
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (failure.isEmpty() && millis > maxLatency.toMillis()) {
        failure = "late";
      }
      if (!failure.isEmpty()) {
        failed.incrementAndGet();
        System.err.printf("soak: a call failed after %d ms: %s%n", millis, failure);
      }
    }
  }
}

package interop.faults;

import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import interop.proto.TestServiceClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Virtual threads that call all the time, in every way, and look how each call ends: with OK and
 * what was asked for; with UNAVAILABLE only in an outage; with DEADLINE_EXCEEDED only where its
 * deadline is shorter than a fault may last; and not long after its deadline.
 */
final class Callers {
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** No fault lasts so long: a call that ends by this deadline was forgotten. */
  private static final Duration LONG = Duration.ofSeconds(40);

  /** How long after its deadline a call may end on a machine that is busy with other things. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private final TestServiceClient client;
  private final Outages outages;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<StatusCode, Integer> ends = new EnumMap<>(StatusCode.class);
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /** So many callers, which begin at once. */
  Callers(Channel channel, int count, Random random, Outages outages) {
    this.client = new TestServiceClient(channel);
    this.outages = outages;
    for (int i = 0; i < count; i++) {
      var own = new Random(random.nextLong());
      threads.add(Thread.ofVirtual().name("caller-" + i).start(() -> callOn(own)));
    }
  }

  /** {@return what was wrong with calls so far} */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** {@return how many calls ended with each code} */
  synchronized Map<StatusCode, Integer> ends() {
    return new EnumMap<>(ends);
  }

  private void callOn(Random random) {
    while (!stopped) {
      long start = System.nanoTime();
      var deadline = random.nextInt(4) == 0 ? LONG : SHORT;
      var code = call(random, deadline);
      synchronized (this) {
        ends.merge(code, 1, Integer::sum);
      }
      long took = System.nanoTime() - start;
      if (took > deadline.plus(SLACK).toNanos()) {
        faults.add(
            "a call ended with %s after %d ms (expected: by its deadline of %d ms)"
                .formatted(code, TimeUnit.NANOSECONDS.toMillis(took), deadline.toMillis()));
      }
      if (code != StatusCode.OK) {
        pause(random);
      }
    }
  }

  /** A caller that is refused does not spin. */
  private static void pause(Random random) {
    try {
      TimeUnit.MILLISECONDS.sleep(10 + random.nextInt(40));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody has this thread to interrupt it
    }
  }

  private StatusCode call(Random random, Duration deadline) {
    var options = CallOptions.timeout(deadline).withWaitForReady(random.nextBoolean());
    int start = outages.now();
    try {
      new Conversation(client.with(options), faults::add).any(random);
      return StatusCode.OK;
    } catch (StatusException e) {
      boolean allowed =
          switch (e.code()) {
            case UNAVAILABLE -> outages.since(start);
            case DEADLINE_EXCEEDED -> deadline.equals(SHORT);
            default -> false;
          };
      if (!allowed) {
        faults.add("a call with a deadline of %s ended with %s".formatted(deadline, e.status()));
      }
      return e.code();
    }
  }

  /** Waits until each has ended the call that it makes. */
  void stop() throws InterruptedException {
    stopped = true;
    for (var thread : threads) {
      if (!thread.join(LONG.plus(SLACK))) {
        faults.add(thread.getName() + " waits for a call that does not end");
      }
    }
  }
}

package grpc.transport.nio.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.spi.transport.StreamEnd.Progress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The hand-over of the writer role, with writers that stop at random. */
class OutboxStressTest {
  private static final long SEED = 20_260_701;
  private static final int THREADS = 64;
  private static final int EACH = 2_000;
  private static final int BURSTS = 20_000;
  private static final int BURST_THREADS = 2;
  private static final int ROUNDS = 300;
  private static final int EACH_OF_ROUND = 40;

  /** What may become of a command; counted in this order. */
  private static final int FRAMED = 1;

  private static final int FAILED = 1 << 8;
  private static final int REJECTED = 1 << 16;

  /** A command's stream, which hears that it failed. */
  private static final class Probe extends SilentStream {
    private final int index;
    private final AtomicIntegerArray outcomes;

    Probe(int index, AtomicIntegerArray outcomes) {
      this.index = index;
      this.outcomes = outcomes;
    }

    @Override
    public void fail(Status cause, Progress progress) {
      outcomes.addAndGet(index, FAILED);
    }
  }

  /** A writer that frames nothing but counts, and a loop for what is handed to one. */
  private static final class Fake implements Outbox.Role, AutoCloseable {
    final Outbox outbox = new Outbox(this);
    final ExecutorService loop = Executors.newSingleThreadExecutor();
    final AtomicIntegerArray outcomes;
    final int[] lastOfThread = new int[THREADS];
    final int each;
    final AtomicInteger holders = new AtomicInteger();
    final AtomicInteger finishes = new AtomicInteger();
    final CountDownLatch finished = new CountDownLatch(1);
    private final Random random;
    private final Backlog backlog = new Backlog();
    volatile int framed;
    volatile boolean outOfOrder;
    volatile boolean shared;

    Fake(int each, long seed) {
      this.each = each;
      outcomes = new AtomicIntegerArray(THREADS * each);
      random = new Random(seed);
      Arrays.fill(lastOfThread, -1);
    }

    boolean put(int index) {
      boolean taken =
          outbox.put(new Command.Open(new Probe(index, outcomes), new NoFields(), null));
      if (!taken) {
        outcomes.addAndGet(index, REJECTED);
      }
      return taken;
    }

    @Override
    public Outbox.Outcome drain() {
      shared |= holders.incrementAndGet() != 1;
      try {
        while (true) {
          backlog.append(outbox.takeAll());
          if (backlog.peek() == null) {
            return Outbox.Outcome.DONE;
          }
          int room = random.nextInt(8); // a short write after so many
          for (Command c = backlog.peek(); c != null && room-- > 0; c = backlog.peek()) {
            frame(((Probe) ((Command.Open) c).stream).index);
            backlog.remove(c.next);
          }
          if (backlog.peek() != null) {
            return random.nextBoolean() ? Outbox.Outcome.SHORT : Outbox.Outcome.BUDGET;
          }
        }
      } finally {
        holders.decrementAndGet();
      }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the role
    private void frame(int index) {
      outOfOrder |= index % each <= lastOfThread[index / each];
      lastOfThread[index / each] = index % each;
      outcomes.addAndGet(index, FRAMED);
      framed++;
    }

    @Override
    public Status failure(Throwable thrown) {
      return Status.unavailable(thrown.toString());
    }

    @Override
    public void finish(Status cause) {
      finishes.incrementAndGet();
      backlog.fail(cause);
      finished.countDown();
    }

    @Override
    public void sweep() {
      backlog.append(outbox.takeAll());
    }

    @Override
    public void goOnEndingLater() {
      onLoop(outbox::goOnEnding);
    }

    private void onLoop(Runnable task) {
      try {
        loop.execute(task);
      } catch (RejectedExecutionException e) {
        // the test is over
      }
    }

    @Override
    public void awaitWritable() {
      onLoop(outbox::onWritable);
    }

    @Override
    public void writableSeen() {}

    @Override
    public void resumeOnLoop() {
      onLoop(outbox::resume);
    }

    @Override
    public boolean insideReadPass() {
      return false;
    }

    @Override
    public boolean othersInFlight() {
      return true;
    }

    @Override
    public void close() {
      loop.close();
    }
  }

  private static Thread[] start(Fake fake, boolean stopWhenRejected) {
    var threads = new Thread[THREADS];
    for (int t = 0; t < THREADS; t++) {
      int first = t * fake.each;
      threads[t] =
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < fake.each; i++) {
              if (!fake.put(first + i) && stopWhenRejected) {
                return;
              }
            }
          });
    }
    return threads;
  }

  @Test
  void everyCommandIsFramedOnceAndInOrder() throws Exception {
    try (var fake = new Fake(EACH, SEED)) {
      fake.outbox.resume();
      for (Thread thread : start(fake, false)) {
        thread.join();
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (fake.framed < THREADS * EACH && System.nanoTime() < end) {
        LockSupport.parkNanos(100_000);
      }
      assertEquals(THREADS * EACH, fake.framed, "framed; less means a lost wake-up");
      assertTrue(!fake.outOfOrder, "a thread's commands changed places");
      assertTrue(!fake.shared, "two threads had the role");
      for (int i = 0; i < fake.outcomes.length(); i++) {
        assertEquals(FRAMED, fake.outcomes.get(i));
      }
    }
  }

  @Test
  void theLastCommandOfABurstIsNotForgotten() throws Exception {
    try (var fake = new Fake(BURSTS, SEED)) {
      fake.outbox.resume();
      var burst = new Phaser(BURST_THREADS);
      for (int t = 0; t < BURST_THREADS; t++) {
        int thread = t;
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < BURSTS; i++) {
                burst.arriveAndAwaitAdvance();
                fake.put(thread * BURSTS + i);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
                while (fake.framed < BURST_THREADS * (i + 1) && System.nanoTime() < end) {
                  Thread.onSpinWait(); // races on purpose: who slept here would miss the others
                }
                if (fake.framed < BURST_THREADS * (i + 1)) {
                  burst.forceTermination();
                  return;
                }
              }
              burst.arriveAndDeregister();
            });
      }
      for (int phase = 0; phase >= 0; phase = burst.awaitAdvance(phase)) {}
      assertEquals(BURST_THREADS * BURSTS, fake.framed, "framed; less means a lost wake-up");
    }
  }

  @Test
  void atCloseEveryCommandHasOneOutcome() throws Exception {
    var random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      try (var fake = new Fake(EACH_OF_ROUND, random.nextLong())) {
        Thread[] threads = start(fake, false);
        if (random.nextInt(10) > 0) { // else it is closed before it was ever open
          fake.outbox.resume();
        }
        int spins = random.nextInt(20_000);
        for (int i = 0; i < spins; i++) { // races on purpose: the close may come at any moment
          Thread.onSpinWait();
        }
        fake.outbox.close(Status.unavailable("closed by the test"));
        fake.outbox.close(Status.unavailable("a second time"));
        for (Thread thread : threads) {
          thread.join();
        }
        assertTrue(fake.finished.await(20, TimeUnit.SECONDS), "finish was never reached");
        fake.loop.shutdown();
        assertTrue(fake.loop.awaitTermination(20, TimeUnit.SECONDS));
        assertEquals(1, fake.finishes.get());
        assertTrue(!fake.shared && !fake.outOfOrder);
        for (int i = 0; i < fake.outcomes.length(); i++) {
          int outcome = fake.outcomes.get(i);
          assertTrue(
              outcome == FRAMED || outcome == FAILED || outcome == REJECTED,
              "outcome " + Integer.toHexString(outcome) + " in round " + round);
        }
      }
    }
  }
}

package grpc.transport.nio.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WriteQuotaTest {
  @Test
  void senderWaitsOnlyOverTheQuota() {
    var quota = new WriteQuota(100, 0);
    quota.add(100);
    assertFalse(quota.exceeded());
    quota.add(1);
    assertTrue(quota.exceeded());
    assertEquals(101, quota.queued());
  }

  @Test
  void creditWakesExactlyAtTheQuota() {
    var quota = new WriteQuota(100, 0);
    quota.add(300);
    assertFalse(quota.credit(199));
    assertTrue(quota.credit(1));
    assertFalse(quota.credit(1));
    quota.add(2);
    assertTrue(quota.credit(101));
    assertEquals(0, quota.queued());
  }

  @Test
  void concurrentCreditsWakeOnce() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      var quota = new WriteQuota(10, 0);
      quota.add(30);
      var wakes = new AtomicInteger();
      var start = new CountDownLatch(1);
      var writers = new Thread[3];
      for (int i = 0; i < writers.length; i++) {
        writers[i] =
            Thread.startVirtualThread(() -> {
              awaitQuietly(start);
              for (int n = 0; n < 10; n++) {
                if (quota.credit(1)) {
                  wakes.incrementAndGet();
                }
              }
            });
      }
      start.countDown();
      for (Thread writer : writers) {
        writer.join();
      }
      assertEquals(1, wakes.get());
      assertEquals(0, quota.queued());
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

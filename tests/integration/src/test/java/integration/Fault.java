package integration;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place in a plugin that throws until it is mended. */
final class Fault {
  private final CountDownLatch met = new CountDownLatch(1);
  private volatile String place;

  Fault(String place) {
    this.place = place;
  }

  /** Throws if this is the place. */
  void at(String here) {
    if (here.equals(place)) {
      met.countDown();
      throw new UnsupportedOperationException("a bug at " + here);
    }
  }

  /** {@return the value, or null if this is the place} As a plugin may that no tool checks. */
  @SuppressWarnings("NullAway")
  <T> T orNull(String here, T value) {
    return here.equals(place) ? null : value;
  }

  void moveTo(String other) {
    place = other;
  }

  void mend() {
    place = "";
  }

  void awaitMet() throws InterruptedException {
    if (!met.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing has come to " + place);
    }
  }
}

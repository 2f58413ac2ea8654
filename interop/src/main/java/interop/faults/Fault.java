package interop.faults;

import java.time.Duration;

/** What a {@link FaultyLink} does to the bytes that go through it. */
sealed interface Fault {
  /** Nothing. */
  record None() implements Fault {}

  /**
   * Holds every piece back for a while.
   *
   * @param time how long
   */
  record Delay(Duration time) implements Fault {}

  /** Sends each byte by itself. */
  record Split() implements Fault {}

  /** Passes nothing on until it is healed; then all of it. */
  record Stall() implements Fault {}

  /** Swallows what comes. What it has swallowed from is reset when it is healed. */
  record Drop() implements Fault {}

  /** Resets connections, new ones too. */
  record Reset() implements Fault {}

  /** Ends the server's half of connections, new ones too, and lets the client's go on. */
  record HalfClose() implements Fault {}
}

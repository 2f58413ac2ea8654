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

  /** Swallows for good what comes on the connections that are open; new ones are sound. */
  record Vanish() implements Fault {}

  /**
   * Ends one half of connections, new ones too, and lets the other go on.
   *
   * @param half which one
   */
  record HalfClose(Half half) implements Fault {}

  /** One direction of a connection. */
  enum Half {
    /** From the client to the server. */
    REQUESTS,
    /** From the server to the client. */
    RESPONSES
  }

  /** Whether calls may lose their connection by it. */
  default boolean isOutage() {
    return switch (this) {
      case None n -> false;
      case Delay d -> false;
      case Split s -> false;
      case Stall s -> false;
      case Drop d -> true;
      case Vanish v -> true;
      case Reset r -> true;
      case HalfClose h -> true;
    };
  }
}

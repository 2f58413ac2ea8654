package grpc.kernel.retry;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import java.util.concurrent.TimeUnit;

/** A server's word on the next attempt, in the trailers of a failed call (A6, Pushback). */
public sealed interface Pushback {
  /** No word. */
  record None() implements Pushback {}

  /** No further attempt. */
  record Stop() implements Pushback {}

  /**
   * The next attempt after this time, in place of the policy's delay.
   *
   * @param nanos nanoseconds, 0 or more
   */
  record After(long nanos) implements Pushback {}

  /**
   * {@return the pushback in these trailers; a value other than one number of 0 or more is a no}
   */
  static Pushback of(Metadata trailers) {
    if (trailers.isEmpty()) {
      return new None();
    }
    var values = trailers.all(MetadataKey.RETRY_PUSHBACK_MS);
    if (values.isEmpty()) {
      return new None();
    }
    try {
      int millis = values.size() == 1 ? Integer.parseInt(values.getFirst()) : -1;
      return millis < 0 ? new Stop() : new After(TimeUnit.MILLISECONDS.toNanos(millis));
    } catch (NumberFormatException e) {
      return new Stop();
    }
  }
}

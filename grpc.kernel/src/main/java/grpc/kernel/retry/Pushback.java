package grpc.kernel.retry;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import java.util.concurrent.TimeUnit;

/** What a server that fails a call says of the next attempt (A6, Pushback). */
public sealed interface Pushback {
  /** It says nothing. */
  record None() implements Pushback {}

  /** No further attempt. */
  record Stop() implements Pushback {}

  /**
   * The next attempt after this time, whatever the policy's delay.
   *
   * @param nanos nanoseconds, 0 or more
   */
  record After(long nanos) implements Pushback {}

  /** {@return what these trailers say; what cannot be read as one number of 0 or more is a no} */
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

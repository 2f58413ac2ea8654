package grpc.kernel.serviceconfig;

import grpc.api.StatusCode;
import grpc.spi.config.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads and checks what a config says of retries (A6). */
final class RetryReader {
  private static final double MILLI = 1000;
  private static final double MOST_TOKENS = 1000;

  private RetryReader() {}

  static Optional<Retrying> retrying(JsonObject method) {
    var retry = method.object("retryPolicy");
    var hedge = method.object("hedgingPolicy");
    if (retry.isPresent() && hedge.isPresent()) {
      throw method.invalid("hedgingPolicy", "none beside retryPolicy"); // A6
    }
    return retry.<Retrying>map(RetryReader::retry).or(() -> hedge.map(RetryReader::hedge));
  }

  static Optional<RetryThrottling> throttling(JsonObject root) {
    return root.object("retryThrottling").map(RetryReader::throttle);
  }

  private static Retrying.Retry retry(JsonObject policy) {
    var codes = codes(policy, "retryableStatusCodes");
    if (codes.isEmpty()) {
      throw policy.invalid("retryableStatusCodes", "at least one status code");
    }
    return new Retrying.Retry(
        attempts(policy),
        backoff(policy, "initialBackoff"),
        backoff(policy, "maxBackoff"),
        positive(policy, "backoffMultiplier"),
        codes);
  }

  private static Retrying.Hedge hedge(JsonObject policy) {
    return new Retrying.Hedge(
        attempts(policy),
        policy.duration("hedgingDelay", Duration.ZERO).orElse(Duration.ZERO),
        codes(policy, "nonFatalStatusCodes"));
  }

  private static RetryThrottling throttle(JsonObject object) {
    double tokens = positive(object, "maxTokens");
    if (tokens > MOST_TOKENS) {
      throw object.invalid("maxTokens", "more than 0, at most 1000");
    }
    double ratio = positive(object, "tokenRatio");
    int milliRatio = (int) (ratio * MILLI + 1e-6); // further decimal places do not count (A6)
    if (milliRatio == 0) {
      throw object.invalid("tokenRatio", "at least 0.001");
    }
    return new RetryThrottling((int) Math.ceil(tokens * MILLI), milliRatio);
  }

  private static int attempts(JsonObject policy) {
    return policy
        .cappedInteger("maxAttempts", 2, Retrying.MOST_ATTEMPTS)
        .orElseThrow(() -> policy.invalid("maxAttempts", "a whole number, 2 or more"));
  }

  private static double positive(JsonObject object, String name) {
    return object
        .number(name)
        .filter(number -> number > 0)
        .orElseThrow(() -> object.invalid(name, "a number, more than 0"));
  }

  private static Duration backoff(JsonObject policy, String name) {
    return policy
        .duration(name, Duration.ZERO)
        .filter(Duration::isPositive)
        .orElseThrow(() -> policy.invalid(name, "seconds such as \"0.1s\", more than 0"));
  }

  /** Codes are numbers, or names in any case (A6). */
  private static Set<StatusCode> codes(JsonObject policy, String name) {
    return Set.copyOf(
        policy.choices(
            name, RetryReader::code, "status codes such as \"UNAVAILABLE\" or 14, and not OK"));
  }

  private static Optional<StatusCode> code(String text) {
    return Arrays.stream(StatusCode.values())
        .filter(code ->
            code.name().equals(text.toUpperCase(Locale.ROOT))
                || Integer.toString(code.number()).equals(text))
        .filter(code -> code != StatusCode.OK)
        .findFirst();
  }
}

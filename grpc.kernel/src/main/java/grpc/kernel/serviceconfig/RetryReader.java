package grpc.kernel.serviceconfig;

import grpc.api.StatusCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads and checks what a config says of retries (A6). */
final class RetryReader {
  private static final double MILLI = 1000;
  private static final double MOST_TOKENS = 1000;

  private RetryReader() {}

  static Optional<Retrying> retrying(Json method) {
    var retry = method.object("retryPolicy");
    var hedge = method.object("hedgingPolicy");
    if (retry.isPresent() && hedge.isPresent()) {
      throw method.bad("hedgingPolicy", "beside retryPolicy", "one of the two"); // A6
    }
    return retry.<Retrying>map(RetryReader::retry).or(() -> hedge.map(RetryReader::hedge));
  }

  static Optional<RetryThrottling> throttling(Json root) {
    return root.object("retryThrottling").map(RetryReader::throttle);
  }

  private static Retrying.Retry retry(Json policy) {
    var codes = codes(policy, "retryableStatusCodes");
    if (codes.isEmpty()) {
      throw policy.bad("retryableStatusCodes", "none", "at least one status code");
    }
    return new Retrying.Retry(
        attempts(policy),
        backoff(policy, "initialBackoff"),
        backoff(policy, "maxBackoff"),
        policy.positive("backoffMultiplier"),
        codes);
  }

  private static Retrying.Hedge hedge(Json policy) {
    return new Retrying.Hedge(
        attempts(policy),
        policy.duration("hedgingDelay").orElse(Duration.ZERO),
        codes(policy, "nonFatalStatusCodes"));
  }

  private static RetryThrottling throttle(Json object) {
    double tokens = object.positive("maxTokens");
    if (tokens > MOST_TOKENS) {
      throw object.bad("maxTokens", tokens, "more than 0, at most 1000");
    }
    double ratio = object.positive("tokenRatio");
    int milliRatio = (int) (ratio * MILLI + 1e-6); // further decimal places do not count (A6)
    if (milliRatio == 0) {
      throw object.bad("tokenRatio", ratio, "at least 0.001");
    }
    return new RetryThrottling((int) Math.ceil(tokens * MILLI), milliRatio);
  }

  private static int attempts(Json policy) {
    double attempts = policy.positive("maxAttempts");
    if (attempts < 2 || attempts != Math.rint(attempts)) {
      throw policy.bad("maxAttempts", attempts, "a whole number of at least 2");
    }
    return (int) Math.min(attempts, Retrying.MOST_ATTEMPTS);
  }

  private static Duration backoff(Json policy, String name) {
    var backoff = policy.duration(name);
    return backoff
        .filter(Duration::isPositive)
        .orElseThrow(() ->
            policy.bad(
                name,
                backoff.<Object>map(d -> "0s").orElse("absent"),
                "seconds such as \"0.1s\", more than 0"));
  }

  /** Codes are numbers or names in whatever case (A6). */
  private static Set<StatusCode> codes(Json policy, String name) {
    var codes = EnumSet.noneOf(StatusCode.class);
    for (Object element : policy.field(name, List.class).orElse(List.of())) {
      codes.add(
          code(element)
              .filter(code -> code != StatusCode.OK)
              .orElseThrow(() ->
                  policy.bad(
                      name, element, "status codes such as \"UNAVAILABLE\" or 14, and not OK")));
    }
    return codes;
  }

  private static Optional<StatusCode> code(Object element) {
    return switch (element) {
      case Double number when number == Math.rint(number) -> StatusCode.of(number.intValue());
      case String name ->
          Arrays.stream(StatusCode.values())
              .filter(code -> code.name().equals(name.toUpperCase(Locale.ROOT)))
              .findFirst();
      default -> Optional.empty();
    };
  }
}

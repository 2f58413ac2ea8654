package grpc.kernel.serviceconfig;

import static grpc.kernel.serviceconfig.Configs.method;
import static grpc.kernel.serviceconfig.Configs.parse;
import static grpc.kernel.serviceconfig.Configs.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.StatusCode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryReaderTest {
  private static final String RETRY =
      """
      {'maxAttempts': 4, 'initialBackoff': '0.1s', 'maxBackoff': '2s', 'backoffMultiplier': 1.5,
       'retryableStatusCodes': ['UNAVAILABLE', 'aborted', 4]}\
      """;

  private static String policy(String name, String json) {
    return "{'methodConfig': [{'name': [{}], '" + name + "': " + json + "}]}";
  }

  private static Optional<Retrying> retrying(String name, String json) {
    return parse(policy(name, json)).forMethod(method("s/m")).retrying();
  }

  private static void retryRefused(String from, String to, String message) {
    refused(
        policy("retryPolicy", RETRY.replace(from, to)), "methodConfig[0].retryPolicy." + message);
  }

  @Test
  void retryPolicyIsReadWhole() {
    assertEquals(
        Optional.of(
            new Retrying.Retry(
                4,
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                1.5,
                Set.of(StatusCode.UNAVAILABLE, StatusCode.ABORTED, StatusCode.DEADLINE_EXCEEDED))),
        retrying("retryPolicy", RETRY));
  }

  @Test
  void attemptsAreCutToFive() {
    var retry = retrying("retryPolicy", RETRY.replace("4,", "100,")).orElseThrow();
    assertEquals(5, retry.maxAttempts());
    assertEquals(5, retrying("hedgingPolicy", "{'maxAttempts': 6}").orElseThrow().maxAttempts());
  }

  @Test
  void fewerThanTwoAttemptsAreRefused() {
    String expected = " (expected: a whole number, 2 or more)";
    retryRefused("4,", "1,", "maxAttempts: 1" + expected);
    retryRefused("4,", "2.5,", "maxAttempts: 2.5" + expected);
    retryRefused("4,", "-3,", "maxAttempts: -3" + expected);
    retryRefused("4,", "'four',", "maxAttempts: \"four\"" + expected);
    retryRefused("'maxAttempts': 4,", "", "maxAttempts: absent" + expected);
  }

  @Test
  void backoffsArePositiveAndThere() {
    String expected = " (expected: seconds such as \"0.1s\", more than 0)";
    retryRefused("0.1s", "0s", "initialBackoff: \"0s\"" + expected);
    retryRefused("2s", "0.0s", "maxBackoff: \"0.0s\"" + expected);
    retryRefused("'initialBackoff': '0.1s',", "", "initialBackoff: absent" + expected);
    retryRefused("1.5", "0", "backoffMultiplier: 0 (expected: a number, more than 0)");
    retryRefused(
        "'backoffMultiplier': 1.5,",
        "",
        "backoffMultiplier: absent (expected: a number, more than 0)");
  }

  @Test
  void codesAreKnownNotOkAndNotEmpty() {
    String expected = " (expected: status codes such as \"UNAVAILABLE\" or 14, and not OK)";
    for (String bad : new String[] {"OK", "GONE"}) {
      retryRefused("UNAVAILABLE", bad, "retryableStatusCodes: \"" + bad + "\"" + expected);
    }
    retryRefused(", 4]", ", 17]", "retryableStatusCodes: 17" + expected);
    retryRefused(", 4]", ", 0]", "retryableStatusCodes: 0" + expected);
    retryRefused(", 4]", ", 1.5]", "retryableStatusCodes: 1.5" + expected);
    retryRefused(
        "['UNAVAILABLE', 'aborted', 4]",
        "[]",
        "retryableStatusCodes: [] (expected: at least one status code)");
  }

  @Test
  void hedgingPolicyHasDefaults() {
    assertEquals(
        Optional.of(new Retrying.Hedge(2, Duration.ZERO, Set.of())),
        retrying("hedgingPolicy", "{'maxAttempts': 2}"));
    assertEquals(
        Optional.of(new Retrying.Hedge(3, Duration.ofMillis(5), Set.of(StatusCode.UNAVAILABLE))),
        retrying(
            "hedgingPolicy",
            "{'maxAttempts': 3, 'hedgingDelay': '0.005s', 'nonFatalStatusCodes': [14]}"));
  }

  @Test
  void retryAndHedgingTogetherAreRefused() {
    refused(
        "{'methodConfig': [{'name': [{}], 'hedgingPolicy': {'maxAttempts': 2}, 'retryPolicy': "
            + RETRY
            + "}]}",
        "methodConfig[0].hedgingPolicy: {\"maxAttempts\": 2} (expected: none beside retryPolicy)");
  }

  @Test
  void throttlingCountsInThousandths() {
    assertEquals(
        Optional.of(new RetryThrottling(1_000_000, 100)),
        parse("{'retryThrottling': {'maxTokens': 1000, 'tokenRatio': 0.1009}}").throttling());
    assertEquals(Optional.empty(), parse("{}").throttling());
  }

  @Test
  void throttlingOutOfRangeIsRefused() {
    refused(
        "{'retryThrottling': {'maxTokens': 1001, 'tokenRatio': 0.1}}",
        "retryThrottling.maxTokens: 1001 (expected: more than 0, at most 1000)");
    refused(
        "{'retryThrottling': {'maxTokens': 0, 'tokenRatio': 0.1}}",
        "retryThrottling.maxTokens: 0 (expected: a number, more than 0)");
    refused(
        "{'retryThrottling': {'maxTokens': 10, 'tokenRatio': -1}}",
        "retryThrottling.tokenRatio: -1 (expected: a number, more than 0)");
    refused(
        "{'retryThrottling': {'maxTokens': 10, 'tokenRatio': 0.0009}}",
        "retryThrottling.tokenRatio: 0.0009 (expected: at least 0.001)");
    refused(
        "{'retryThrottling': {'maxTokens': 10}}",
        "retryThrottling.tokenRatio: absent (expected: a number, more than 0)");
  }
}

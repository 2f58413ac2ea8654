package grpc.kernel.serviceconfig;

import static grpc.kernel.serviceconfig.Configs.method;
import static grpc.kernel.serviceconfig.Configs.parse;
import static grpc.kernel.serviceconfig.Configs.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ServiceConfigParserTest {
  @Test
  void methodBeforeServiceBeforeAll() {
    var config =
        parse(
            """
            {'methodConfig': [
              {'name': [{}], 'timeout': '3s'},
              {'name': [{'service': 's'}], 'timeout': '2s'},
              {'name': [{'service': 's', 'method': 'm'}], 'timeout': '1.5s'}]}
            """);
    assertEquals(1_500_000_000L, config.forMethod(method("s/m")).timeoutNanos());
    assertEquals(2_000_000_000L, config.forMethod(method("s/other")).timeoutNanos());
    assertEquals(3_000_000_000L, config.forMethod(method("t/m")).timeoutNanos());
    assertEquals(MethodConfig.NONE, parse("{}").forMethod(method("s/m")));
  }

  @Test
  void emptyMethodStandsForTheWholeService() {
    var config =
        parse("{'methodConfig': [{'name': [{'service': 's', 'method': ''}], 'timeout': '1s'}]}");
    assertEquals(1_000_000_000L, config.forMethod(method("s/any")).timeoutNanos());
  }

  @Test
  void oneEntryMayHaveSeveralNames() {
    var config =
        parse(
            "{'methodConfig': [{'name': [{'service': 's'}, {'service': 't'}], 'timeout': '1s'}]}");
    assertEquals(1_000_000_000L, config.forMethod(method("s/m")).timeoutNanos());
    assertEquals(1_000_000_000L, config.forMethod(method("t/m")).timeoutNanos());
    assertEquals(MethodConfig.NONE, config.forMethod(method("u/m")));
  }

  @Test
  void duplicateNamesAreInvalidAlsoAcrossEntries() {
    refused(
        "{'methodConfig': [{'name': [{}, {}]}]}",
        "methodConfig[0].name: {} (expected: each name once)");
    refused(
        "{'methodConfig': [{'name': [{'service': 's'}]}, {'name': [{'service': 's', 'method':"
            + " ''}]}]}",
        "methodConfig[1].name: {\"service\": \"s\", \"method\": \"\"} (expected: each name once)");
  }

  @Test
  void methodNeedsItsService() {
    refused(
        "{'methodConfig': [{'name': [{'method': 'm'}]}]}",
        "methodConfig[0].name[0].method: \"m\" (expected: a service beside the method)");
  }

  @Test
  void methodsHaveWaitForReadyAndLimits() {
    var config =
        parse(
            """
            {'methodConfig': [{'name': [{}], 'waitForReady': false,
              'maxRequestMessageBytes': 5, 'maxResponseMessageBytes': '6'}]}
            """);
    assertEquals(
        new MethodConfig(
            Optional.of(false), Long.MAX_VALUE, 5, OptionalInt.of(6), Optional.empty()),
        config.forMethod(method("s/m")));
  }

  @Test
  void limitBeyondAnArrayIsNoLimit() {
    var config =
        parse("{'methodConfig': [{'name': [{}], 'maxRequestMessageBytes': '999999999999'}]}");
    assertEquals(Integer.MAX_VALUE, config.forMethod(method("s/m")).maxRequestBytes());
  }

  @Test
  void badWaitForReadyIsRefused() {
    refused(
        "{'methodConfig': [{'name': [{}]}, {'waitForReady': 'yes'}]}",
        "methodConfig[1].waitForReady: \"yes\" (expected: true or false)");
  }

  @Test
  void badTimeoutIsRefused() {
    String expected =
        " (expected: seconds such as \"1.5s\" with at most nine decimals, 0s or more)";
    String[] bad = {
      "1", "-1s", "1.0000000001s", "s", "1e9s", ".5s", "1.s", "+1s", "315576000000.1s", " 1s"
    };
    for (String timeout : bad) {
      refused(
          "{'methodConfig': [{'name': [{}], 'timeout': '" + timeout + "'}]}",
          "methodConfig[0].timeout: \"" + timeout + "\"" + expected);
    }
    refused(
        "{'methodConfig': [{'name': [{}], 'timeout': 1}]}",
        "methodConfig[0].timeout: 1" + expected);
  }

  @Test
  void timeoutOfCenturiesIsNone() {
    var config = parse("{'methodConfig': [{'name': [{}], 'timeout': '315576000000s'}]}");
    assertEquals(Long.MAX_VALUE, config.forMethod(method("s/m")).timeoutNanos());
  }

  @Test
  void badLimitIsRefused() {
    for (String bad : new String[] {"-1", "0.5", "'-1'", "'a lot'", "''", "' 1'", "true"}) {
      refused(
          "{'methodConfig': [{'name': [{}], 'maxResponseMessageBytes': " + bad + "}]}",
          "methodConfig[0].maxResponseMessageBytes: "
              + bad.replace('\'', '"')
              + " (expected: a whole number, 0 or more)");
    }
  }

  @Test
  void healthIsAskedForWhereAServiceIsNamed() {
    assertEquals(
        Optional.of("s"), parse("{'healthCheckConfig': {'serviceName': 's'}}").healthService());
    assertEquals(
        Optional.of(""), parse("{'healthCheckConfig': {'serviceName': ''}}").healthService());
    assertEquals(Optional.empty(), parse("{'healthCheckConfig': {}}").healthService());
    refused(
        "{'healthCheckConfig': {'serviceName': 1}}",
        "healthCheckConfig.serviceName: 1 (expected: a string)");
    refused("{'healthCheckConfig': []}", "healthCheckConfig: [] (expected: an object)");
  }

  @Test
  void unknownFieldsAreIgnoredAtEveryLevel() {
    var config =
        parse(
            """
            {'new': 1, 'methodConfig': [{'name': [{'service': 's', 'new': []}], 'new': {},
              'timeout': '1s', 'retryPolicy': null}],
             'healthCheckConfig': {'new': 1}, 'retryThrottling': null}
            """);
    assertEquals(1_000_000_000L, config.forMethod(method("s/m")).timeoutNanos());
  }

  @Test
  void whatIsNotOneJsonObjectIsRefused() {
    refused("", "a JSON value (expected: a JSON object)");
    refused("[]", "a JSON value (expected: a JSON object)");
    refused("{} {}", "not JSON: malformed at line 1 column 5 path $");
    for (String bad : new String[] {"{", "{a: 1}", "{'a': 1,}", "[".repeat(100_000)}) {
      var e = assertThrows(IllegalArgumentException.class, () -> parse(bad));
      assertTrue(e.getMessage().startsWith("not JSON: "), e.getMessage());
    }
  }
}

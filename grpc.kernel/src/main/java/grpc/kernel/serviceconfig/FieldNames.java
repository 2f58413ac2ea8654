package grpc.kernel.serviceconfig;

import grpc.spi.config.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of a service config's fields (A2, A6, A17), and those that are almost such. */
final class FieldNames {
  /** By the field that an object stands in; the root in the empty one. */
  private static final Map<String, List<String>> KNOWN =
      Map.of(
          "",
          List.of(
              "loadBalancingPolicy",
              "loadBalancingConfig",
              "methodConfig",
              "retryThrottling",
              "healthCheckConfig"),
          "methodConfig",
          List.of(
              "name",
              "waitForReady",
              "timeout",
              "maxRequestMessageBytes",
              "maxResponseMessageBytes",
              "retryPolicy",
              "hedgingPolicy"),
          "name",
          List.of("service", "method"),
          "retryPolicy",
          List.of(
              "maxAttempts",
              "initialBackoff",
              "maxBackoff",
              "backoffMultiplier",
              "retryableStatusCodes"),
          "hedgingPolicy",
          List.of("maxAttempts", "hedgingDelay", "nonFatalStatusCodes"),
          "retryThrottling",
          List.of("maxTokens", "tokenRatio"),
          "healthCheckConfig",
          List.of("serviceName"));

  private FieldNames() {}

  /** Those of a whole config. */
  static List<String> misspelt(JsonObject root) {
    var found = new ArrayList<String>();
    look(root, "", found);
    return found;
  }

  private static void look(JsonObject object, String where, List<String> found) {
    var known = KNOWN.getOrDefault(where, List.of());
    for (var field : object.fields().entrySet()) {
      String name = field.getKey();
      if (known.contains(name)) {
        within(object, name, field.getValue(), found);
      } else {
        known.stream()
            .filter(meant -> isAlmost(name, meant))
            .forEach(meant ->
                found.add(
                    "%s: an unknown field, which is ignored (expected: %s)"
                        .formatted(object.path(name), meant)));
      }
    }
  }

  private static void within(JsonObject object, String name, Object value, List<String> found) {
    if (!KNOWN.containsKey(name)) {
      return; // a value, or a policy's own configuration
    }
    switch (value) {
      case Map<?, ?> _ -> look(object.object(name).orElseThrow(), name, found);
      case List<?> list when list.stream().allMatch(Map.class::isInstance) ->
          object.objects(name).forEach(element -> look(element, name, found));
      default -> {} // of a wrong type: the reader of the field refuses it
    }
  }

  /** The name in other cases: methodconfig, method_config, MethodConfig. */
  private static boolean isAlmost(String name, String meant) {
    return plain(name).equals(plain(meant));
  }

  private static String plain(String name) {
    return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }
}

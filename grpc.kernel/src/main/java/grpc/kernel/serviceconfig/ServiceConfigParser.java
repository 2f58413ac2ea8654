package grpc.kernel.serviceconfig;

import grpc.kernel.guard.GuardedPolicy;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads service configs (A2, A6, A17, A21). Unknown fields are ignored; one known field with a bad
 * value rejects the whole config.
 */
public final class ServiceConfigParser {
  private final BalancingReader balancing;

  /**
   * Reads configs for a runtime with these policies. If a policy throws, the failure names it, even
   * within another policy's configuration.
   */
  public ServiceConfigParser(Function<String, Optional<BalancerProvider<?>>> policies) {
    this.balancing = new BalancingReader(name -> policies.apply(name).map(GuardedPolicy::of));
  }

  /** {@return the policies of the runtime, guarded} */
  public Policies policies() {
    return balancing;
  }

  /**
   * {@return the config}
   *
   * @throws IllegalArgumentException when it is not valid; the message names the field by its path
   * @throws grpc.kernel.registry.PluginFailure when a policy throws something else
   */
  public ServiceConfig parse(String json) {
    var root = JsonDocument.parse(json);
    return new ServiceConfig(
        balancing.read(root), methods(root), RetryReader.throttling(root), health(root), json);
  }

  /**
   * {@return the policies that a config chooses among, known or not, the preferred one first}
   *
   * @throws IllegalArgumentException when it is not valid so far as it was read
   */
  public static List<String> policies(String json) {
    return BalancingReader.names(JsonDocument.parse(json));
  }

  /**
   * {@return the unknown fields with almost the name of a known one, each with its path and that
   * name} A2 has unknown fields ignored, so this is the only hint.
   *
   * @throws IllegalArgumentException when it is not JSON
   */
  public static List<String> misspelt(String json) {
    return FieldNames.misspelt(JsonDocument.parse(json));
  }

  /** A config without a service name asks for no health (A17). */
  private static Optional<String> health(JsonObject root) {
    return root.object("healthCheckConfig").flatMap(h -> h.string("serviceName"));
  }

  private static Map<String, MethodConfig> methods(JsonObject root) {
    var methods = new LinkedHashMap<String, MethodConfig>();
    for (var entry : root.objects("methodConfig")) {
      var config = method(entry);
      for (var name : entry.objects("name")) {
        if (methods.put(key(name), config) != null) {
          throw entry.invalid(
              "name", name.fields(), "each name once"); // A2: duplicates are invalid
        }
      }
    }
    return methods;
  }

  private static MethodConfig method(JsonObject entry) {
    return new MethodConfig(
        entry.bool("waitForReady"),
        entry
            .duration("timeout", Duration.ZERO)
            .map(TimeUnit.NANOSECONDS::convert)
            .orElse(Long.MAX_VALUE),
        limit(entry, "maxRequestMessageBytes").orElse(Integer.MAX_VALUE),
        limit(entry, "maxResponseMessageBytes").map(OptionalInt::of).orElse(OptionalInt.empty()),
        RetryReader.retrying(entry));
  }

  /** Bytes; a limit beyond the longest array is none. */
  private static Optional<Integer> limit(JsonObject entry, String name) {
    return entry.cappedInteger(name, 0, Integer.MAX_VALUE);
  }

  private static String key(JsonObject name) {
    String service = name.string("service").orElse("");
    String method = name.string("method").orElse("");
    if (service.isEmpty() && !method.isEmpty()) {
      throw name.invalid("method", "a service beside the method");
    }
    return method.isEmpty() ? service : "/" + service + "/" + method;
  }
}

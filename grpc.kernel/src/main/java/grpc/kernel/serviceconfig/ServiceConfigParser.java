package grpc.kernel.serviceconfig;

import grpc.spi.balancer.BalancerProvider;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads service configs (A2). Unknown fields are ignored; one known field with a bad value rejects
 * the whole config.
 */
public final class ServiceConfigParser {
  private final Function<String, Optional<BalancerProvider>> policies;

  /** Reads configs for a runtime with these policies. */
  public ServiceConfigParser(Function<String, Optional<BalancerProvider>> policies) {
    this.policies = policies;
  }

  /**
   * {@return the config}
   *
   * @throws IllegalArgumentException when it is not valid; the message names the field
   */
  public ServiceConfig parse(String json) {
    var root = Json.parse(json);
    return new ServiceConfig(balancing(root), methods(root));
  }

  private Optional<ServiceConfig.Balancing> balancing(Json root) {
    var choices = root.objects("loadBalancingConfig");
    for (var choice : choices) {
      if (choice.fields().size() != 1) {
        throw root.bad("loadBalancingConfig", choice.fields(), "objects with one policy each");
      }
      var entry = choice.fields().entrySet().iterator().next();
      var provider = policies.apply(entry.getKey());
      if (provider.isPresent()) {
        var config =
            Json.object(choice.path(), choice.field(entry.getKey(), Map.class).orElseThrow());
        return Optional.of(
            new ServiceConfig.Balancing(
                entry.getKey(), provider.get().parseConfig(config.fields())));
      }
    }
    if (!choices.isEmpty()) {
      throw root.bad(
          "loadBalancingConfig",
          choices.stream().map(c -> c.fields().keySet()).toList(),
          "a policy that this runtime has a module for");
    }
    return root.field("loadBalancingPolicy", String.class) // deprecated (A2), still sent
        .map(name -> name.toLowerCase(Locale.ROOT))
        .map(name ->
            policies
                .apply(name)
                .map(p -> new ServiceConfig.Balancing(name, p.parseConfig(Map.of())))
                .orElseThrow(() ->
                    root.bad(
                        "loadBalancingPolicy",
                        name,
                        "a policy that this runtime has a module for")));
  }

  private static Map<String, MethodConfig> methods(Json root) {
    var methods = new LinkedHashMap<String, MethodConfig>();
    for (var entry : root.objects("methodConfig")) {
      var config =
          new MethodConfig(
              entry.field("waitForReady", Boolean.class),
              entry.field("timeout", String.class).map(t -> nanos(entry, t)).orElse(Long.MAX_VALUE),
              limit(entry, "maxRequestMessageBytes"),
              limit(entry, "maxResponseMessageBytes"));
      for (var name : entry.objects("name")) {
        if (methods.put(key(name), config) != null) {
          throw entry.bad("name", name.fields(), "each name once"); // A2: duplicates are invalid
        }
      }
    }
    return methods;
  }

  private static String key(Json name) {
    String service = name.field("service", String.class).orElse("");
    String method = name.field("method", String.class).orElse("");
    if (service.isEmpty() && !method.isEmpty()) {
      throw name.bad("method", method, "a service beside the method");
    }
    return method.isEmpty() ? service : "/" + service + "/" + method;
  }

  private static int limit(Json entry, String name) {
    Object value = entry.fields().get(name);
    if (value == null) {
      return Integer.MAX_VALUE;
    }
    try {
      var number = new BigDecimal(value.toString());
      if (number.signum() >= 0) {
        return number.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // told below, as for a negative number
    }
    throw entry.bad(name, value, "a whole number of bytes, 0 or more");
  }

  /** Reads the JSON form of google.protobuf.Duration: {@code 1.5s}. */
  private static long nanos(Json entry, String text) {
    try {
      if (text.endsWith("s")) {
        var seconds = new BigDecimal(text.substring(0, text.length() - 1));
        if (seconds.signum() >= 0) {
          return seconds
              .movePointRight(9)
              .min(BigDecimal.valueOf(Long.MAX_VALUE))
              .setScale(0)
              .longValueExact();
        }
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // told below, as for a missing unit
    }
    throw entry.bad(
        "timeout", text, "seconds such as \"1.5s\", at most nine digits after the point");
  }
}

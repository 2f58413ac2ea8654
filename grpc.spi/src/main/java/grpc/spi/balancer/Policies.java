package grpc.spi.balancer;

import grpc.spi.failure.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policies of a runtime by name, for those whose configuration names others. */
@FunctionalInterface
public interface Policies {
  /**
   * A policy that a configuration names.
   *
   * @param provider makes its balancers
   * @param config its configuration
   */
  record Choice(BalancerProvider provider, BalancerConfig config) {}

  /** {@return the policy of this name} */
  Optional<BalancerProvider> find(String name);

  /**
   * {@return the first policy of a list of objects with one policy each, as in {@code
   * loadBalancingConfig}, that the runtime knows}
   *
   * @param field what the list is called in messages
   * @param json the list
   * @throws IllegalArgumentException when it is malformed, or names no policy that the runtime has
   *     a module for
   */
  default Choice choose(String field, Object json) {
    if (json instanceof List<?> choices) {
      for (var choice : choices) {
        if (!(choice instanceof Map<?, ?> policy)
            || policy.size() != 1
            || !(policy.values().iterator().next() instanceof Map<?, ?> config)) {
          throw bad(field, choice, "objects with one policy each, such as {\"pick_first\": {}}");
        }
        var provider = find(policy.keySet().iterator().next().toString());
        if (provider.isPresent()) {
          return choice(field, provider.get(), fields(config));
        }
      }
    }
    throw bad(field, json, "a list with a policy that this runtime has a module for");
  }

  private Choice choice(String field, BalancerProvider provider, Map<String, ?> config) {
    try {
      return new Choice(provider, provider.parseConfig(config, this));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s.%s.%s".formatted(field, provider.policyName(), Reason.of(e)), e);
    }
  }

  @SuppressWarnings("unchecked") // an object's keys in JSON are strings
  private static Map<String, ?> fields(Map<?, ?> object) {
    return (Map<String, ?>) object;
  }

  private static IllegalArgumentException bad(String field, Object value, String expected) {
    return new IllegalArgumentException("%s: %s (expected: %s)".formatted(field, value, expected));
  }
}

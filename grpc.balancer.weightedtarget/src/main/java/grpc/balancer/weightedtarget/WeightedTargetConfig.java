package grpc.balancer.weightedtarget;

import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.Policies;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The policy's configuration.
 *
 * @param targets by name, in the order of the configuration
 */
record WeightedTargetConfig(Map<String, Target> targets) implements BalancerConfig {
  /** Weights are unsigned 32-bit numbers, so that no sum of them overflows. */
  private static final double MOST = 0xffff_ffffL;

  /**
   * One target.
   *
   * @param weight its share of the calls, against the sum of the others'
   * @param policy what balances within it
   */
  record Target(long weight, Policies.Choice policy) {}

  WeightedTargetConfig {
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
  }

  static WeightedTargetConfig parse(Map<String, ?> json, Policies policies) {
    var targets = new LinkedHashMap<String, Target>();
    switch (json.get("targets")) {
      case null -> {}
      case Map<?, ?> named ->
          named.forEach((name, target) ->
              targets.put(name.toString(), target("targets." + name, target, policies)));
      case Object other -> throw bad("targets", other, "an object with a field for each target");
    }
    return new WeightedTargetConfig(targets);
  }

  private static Target target(String field, Object json, Policies policies) {
    if (!(json instanceof Map<?, ?> target)) {
      throw bad(field, json, "an object with weight and childPolicy");
    }
    var policy = target.get("childPolicy");
    if (policy == null) {
      throw bad(field, json, "a childPolicy");
    }
    return new Target(
        weight(field + ".weight", target.get("weight")),
        policies.choose(field + ".childPolicy", policy));
  }

  private static long weight(String field, @Nullable Object json) {
    if (json instanceof Number n
        && n.doubleValue() >= 1
        && n.doubleValue() <= MOST
        && n.doubleValue() == Math.rint(n.doubleValue())) {
      return n.longValue();
    }
    throw bad(field, String.valueOf(json), "a whole number, 1 to 4294967295");
  }

  private static IllegalArgumentException bad(String field, Object value, String expected) {
    return new IllegalArgumentException("%s: %s (expected: %s)".formatted(field, value, expected));
  }
}

package grpc.balancer.weightedtarget;

import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The policy's configuration.
 *
 * @param targets by name, in the order of the configuration
 */
record WeightedTargetConfig(Map<String, Target> targets) {
  /** The largest sum of weights: an unsigned 32-bit number. */
  private static final long MOST = 0xffff_ffffL;

  /**
   * One target.
   *
   * @param weight its share of the calls, relative to the sum of all weights
   * @param policy the policy within it
   */
  record Target(long weight, Policies.Choice<?> policy) {}

  WeightedTargetConfig {
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
  }

  static WeightedTargetConfig parse(JsonObject json, Policies policies) {
    var named = json.object("targets").orElse(JsonObject.EMPTY);
    var targets = new LinkedHashMap<String, Target>();
    for (String name : named.fields().keySet()) {
      targets.put(name, target(named.object(name).orElseThrow(), policies));
    }
    return new WeightedTargetConfig(targets);
  }

  private static Target target(JsonObject json, Policies policies) {
    long weight =
        json.integer("weight", 1, MOST)
            .orElseThrow(() -> json.invalid("weight", "a whole number, 1 to " + MOST));
    return new Target(weight, policies.choose(json, "childPolicy"));
  }
}

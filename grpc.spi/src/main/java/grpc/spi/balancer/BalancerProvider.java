package grpc.spi.balancer;

import java.util.List;
import java.util.Map;

/** Creates balancers for one policy; a {@link java.util.ServiceLoader} service. */
public interface BalancerProvider {
  /** {@return the policy's name in service configs, for example {@code round_robin}} */
  String policyName();

  /** {@return a new balancer; does no I/O and does not fail} */
  Balancer create(BalancerContext context);

  /**
   * {@return the parsed configuration}
   *
   * @param json the policy's configuration object: String, Double, Boolean, List, Map; unknown
   *     fields are to be ignored
   * @throws IllegalArgumentException when a known field has a bad value; the message begins with
   *     its path in the object, such as {@code choiceCount: 1 (expected: 2 or more)}
   */
  default BalancerConfig parseConfig(Map<String, ?> json) {
    return BalancerConfig.NONE;
  }

  /**
   * {@return the parsed configuration of a policy that names others in it} Others parse their
   * fields in {@link #parseConfig(Map)} alone.
   *
   * @param json as there
   * @param policies the runtime's
   * @throws IllegalArgumentException as there
   */
  default BalancerConfig parseConfig(Map<String, ?> json, Policies policies) {
    return parseConfig(json);
  }

  /**
   * {@return the policies that its balancers need whatever their configuration, by name} So that a
   * runtime can tell what it lacks before a channel does.
   */
  default List<String> childPolicies() {
    return List.of();
  }
}

package grpc.spi.balancer;

import grpc.spi.config.JsonObject;
import java.util.List;

/**
 * Creates balancers for one policy; a {@link java.util.ServiceLoader} service. Your provider has a
 * public constructor without arguments. One instance serves all channels of a runtime, on any
 * thread, so it holds no state of a channel. No method returns null.
 *
 * @param <C> the policy's configuration, an immutable type of the policy's own; {@link NoConfig} if
 *     the policy has none
 */
public interface BalancerProvider<C> {
  /**
   * {@return the policy's name in service configs, for example {@code round_robin}} Always the
   * same, in lower case; a prefix of yours keeps it apart from others, as in {@code acme_random}.
   */
  String policyName();

  /**
   * {@return a new balancer} Called on the channel's serial executor. Do no I/O, do not publish and
   * do not fail: the first resolution comes after it.
   */
  Balancer<C> create(BalancerContext context);

  /**
   * {@return the parsed configuration} Called before a balancer gets it, on any thread.
   *
   * @param json the policy's configuration object; {@link JsonObject#EMPTY} if the policy was
   *     chosen without one. Unknown fields are to be ignored
   * @param policies the runtime's, for a configuration that names others
   * @throws IllegalArgumentException if a known field has a bad value; {@link JsonObject#invalid}
   *     makes it. The kernel puts the object's path before the message of any other
   */
  C parseConfig(JsonObject json, Policies policies);

  /**
   * {@return the policies that its balancers need whatever their configuration, by name} So that a
   * runtime can say what it lacks before a channel needs it.
   */
  default List<String> childPolicies() {
    return List.of();
  }
}

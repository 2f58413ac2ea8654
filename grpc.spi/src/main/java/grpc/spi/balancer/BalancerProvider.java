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
   * same, in lower case. Give it a prefix of yours, as in {@code acme_random}.
   */
  String policyName();

  /**
   * {@return a new balancer} Called on the channel's serial executor. Do no I/O, do not publish and
   * do not fail: the first resolution comes after it.
   */
  Balancer<C> create(BalancerContext context);

  /**
   * {@return the parsed configuration} The kernel calls it on any thread, before a balancer gets
   * the configuration.
   *
   * @param json the policy's configuration object; {@link JsonObject#EMPTY} if the policy was
   *     chosen without one. Ignore unknown fields
   * @param policies the runtime's policies, for a configuration that names others
   * @throws IllegalArgumentException if a known field has a bad value; make the exception with
   *     {@link JsonObject#invalid}. If you throw another one, the kernel puts the object's path
   *     before its message
   */
  C parseConfig(JsonObject json, Policies policies);

  /**
   * {@return the names of the policies that its balancers need with every configuration} A runtime
   * checks them before a channel needs them.
   */
  default List<String> childPolicies() {
    return List.of();
  }
}

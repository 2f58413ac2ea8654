package grpc.spi.balancer;

/** A policy's parsed configuration; each policy has its own record. */
public interface BalancerConfig {
  /** The configuration of a policy that has none. */
  record None() implements BalancerConfig {}

  /** The one empty configuration. */
  BalancerConfig NONE = new None();
}

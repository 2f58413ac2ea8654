package grpc.spi.balancer;

/** The configuration of a policy that has none. */
public enum NoConfig {
  /** The one value. */
  NONE
}

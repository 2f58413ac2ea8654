package grpc.balancer.pickfirst;

import grpc.spi.balancer.BalancerConfig;

/**
 * The policy's configuration (A62).
 *
 * @param shuffle whether each resolution's endpoints are shuffled first
 */
record PickFirstConfig(boolean shuffle) implements BalancerConfig {}

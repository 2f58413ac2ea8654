package grpc.balancer.leastrequest;

import grpc.api.Status;
import grpc.balancer.base.AllEndpoints;
import grpc.balancer.base.EndpointSharding;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.Picker;
import grpc.spi.resolver.ResolverState;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/**
 * Connects to all endpoints and counts the running calls of each. The count lives as long as the
 * endpoint: it outlives pickers, and lost connections with calls that still run.
 */
final class LeastRequest implements Balancer<LeastRequestConfig> {
  private final AllEndpoints<LeastRequestConfig> endpoints;
  private final IntUnaryOperator random;
  private final Map<EndpointSharding.Child, AtomicInteger> running = new WeakHashMap<>();
  private int choiceCount = LeastRequestConfig.DEFAULT.choiceCount();

  /**
   * Starts with no endpoints.
   *
   * @param random returns a number from 0 to its argument, exclusive; for any thread
   */
  LeastRequest(BalancerContext context, IntUnaryOperator random) {
    this.endpoints = AllEndpoints.choosing(context, this::join);
    this.random = random;
  }

  private Picker join(List<EndpointSharding.Child> children) {
    var choices =
        children.stream()
            .map(child ->
                new LeastRequestPicker.Choice(
                    child.picker(), running.computeIfAbsent(child, c -> new AtomicInteger())))
            .toList();
    return new LeastRequestPicker(choices, choiceCount, random);
  }

  @Override
  public Status accept(ResolverState.Resolved resolved, LeastRequestConfig config) {
    choiceCount = config.choiceCount();
    return endpoints.accept(resolved, config);
  }

  @Override
  public void resolverFailed(Status status) {
    endpoints.resolverFailed(status);
  }

  @Override
  public void exitIdle() {
    endpoints.exitIdle();
  }

  @Override
  public void close() {
    endpoints.close();
  }
}

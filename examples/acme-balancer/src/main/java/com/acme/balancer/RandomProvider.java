package com.acme.balancer;

import grpc.balancer.base.AllEndpoints;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.NoConfig;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Balances at random over all ready backends. */
public final class RandomProvider implements BalancerProvider<NoConfig> {
  @Override
  public String policyName() {
    return "acme_random";
  }

  @Override
  public NoConfig parseConfig(JsonObject json, Policies policies) {
    return NoConfig.NONE;
  }

  @Override
  public Balancer<NoConfig> create(BalancerContext context) {
    return new AllEndpoints<>(context, RandomPicker::new);
  }

  private record RandomPicker(List<Picker> ready) implements Picker {
    @Override
    public PickResult pick(PickInfo info) {
      return ready.get(ThreadLocalRandom.current().nextInt(ready.size())).pick(info);
    }
  }
}

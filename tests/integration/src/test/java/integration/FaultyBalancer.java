package integration;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.ResolverState;

/** The policy {@code faulty}: another one with a fault. */
record FaultyBalancer<C>(BalancerProvider<C> good, Fault fault) implements BalancerProvider<C> {
  @Override
  public String policyName() {
    return "faulty";
  }

  @Override
  public C parseConfig(JsonObject json, Policies policies) {
    fault.at("BalancerProvider.parseConfig");
    return fault.orNull("its configuration", good.parseConfig(json, policies));
  }

  @Override
  public Balancer<C> create(BalancerContext context) {
    fault.at("BalancerProvider.create");
    return fault.orNull(
        "its balancer", new Faulty<>(good.create(new Context(context, fault)), fault));
  }

  private record Faulty<C>(Balancer<C> good, Fault fault) implements Balancer<C> {
    @Override
    public Status accept(ResolverState.Resolved resolved, C config) {
      fault.at("Balancer.accept");
      var used = fault.orNull("its answer", Status.OK);
      // else it connects, and in time publishes that it is READY
      return used == null ? used : good.accept(resolved, config);
    }

    @Override
    public void resolverFailed(Status status) {
      fault.at("Balancer.resolverFailed");
      good.resolverFailed(status);
    }

    @Override
    public void exitIdle() {
      fault.at("Balancer.exitIdle");
      good.exitIdle();
    }

    @Override
    public void close() {
      fault.at("Balancer.close");
      good.close();
    }
  }

  private static final class Context extends ForwardingBalancerContext {
    private final Fault fault;

    Context(BalancerContext channel, Fault fault) {
      super(channel);
      this.fault = fault;
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return super.newSubConn(
          address,
          (subConn, now) -> {
            fault.at("SubConn.Listener.changed");
            listener.changed(subConn, now);
          });
    }

    @Override
    public void update(ConnectivityState connectivity, Picker picker) {
      super.update(
          fault.orNull("the state of an update", connectivity),
          fault.orNull("the picker of an update", info -> pick(picker.pick(info))));
    }

    private PickResult pick(PickResult picked) {
      fault.at("Picker.pick");
      return fault.orNull(
          "its result",
          picked instanceof PickResult.Complete complete
              ? PickResult.complete(fault.orNull("subConn", complete.subConn()))
                  .withMetadata(complete.metadata())
                  .withOnDone(done -> fault.at("onDone"))
              : picked);
    }
  }
}

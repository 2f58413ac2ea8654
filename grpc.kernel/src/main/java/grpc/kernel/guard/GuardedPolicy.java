package grpc.kernel.guard;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.kernel.registry.PluginFailure;
import grpc.spi.balancer.Balancer;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ForwardingBalancerContext;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.config.JsonObject;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A policy with its bugs contained, also as a child of another. Its balancers throw nothing: an
 * exception is published as TRANSIENT_FAILURE, so that calls fail with INTERNAL and the policy's
 * name until it publishes something else. An exception of its provider becomes a {@link
 * PluginFailure}, except the {@link IllegalArgumentException} of a bad configuration.
 *
 * @param provider the policy
 * @param <C> its configuration
 */
public record GuardedPolicy<C>(BalancerProvider<C> provider) implements BalancerProvider<C> {
  /** {@return this policy, guarded} */
  public static BalancerProvider<?> of(BalancerProvider<?> provider) {
    return new GuardedPolicy<>(provider);
  }

  @Override
  public String policyName() {
    return provider.policyName();
  }

  @Override
  public C parseConfig(JsonObject json, Policies policies) {
    return guarded(() ->
        Objects.requireNonNull(
            provider.parseConfig(json, policies), "its configuration (expected: an object)"));
  }

  private <T> T guarded(Supplier<T> code) {
    try {
      return code.get();
    } catch (IllegalArgumentException | PluginFailure e) {
      throw e; // a bad configuration; the bug of a policy within this one
    } catch (Throwable thrown) { // a plugin of another version throws LinkageErrors, too
      throw PluginFailure.of("balancer", provider, thrown);
    }
  }

  @Override
  public List<String> childPolicies() {
    return guarded(provider::childPolicies);
  }

  @Override
  public Balancer<C> create(BalancerContext context) {
    return new Guarded<>(provider, context);
  }

  private static final class Guarded<C> extends ForwardingBalancerContext implements Balancer<C> {
    private final Guard guard;
    private Status failure = Status.OK;
    private Optional<Balancer<C>> balancer = Optional.empty();
    private boolean closed;

    Guarded(BalancerProvider<C> provider, BalancerContext context) {
      super(context);
      this.guard = new Guard("balancer", provider, context.scheduler(), this::failed);
      guard.run(() ->
          balancer =
              Optional.of(
                  Objects.requireNonNull(
                      provider.create(this), "its balancer (expected: a Balancer)")));
    }

    private void failed(Status status) {
      failure = status;
      if (!closed) {
        var _ = fail(status);
      }
    }

    @Override
    public Status accept(ResolverState.Resolved resolved, C config) {
      if (balancer.isEmpty()) {
        failed(failure); // the context may not have been there yet
        return failure;
      }
      try {
        return Objects.requireNonNull(
            balancer.get().accept(resolved, config), "its answer (expected: a Status)");
      } catch (Throwable thrown) {
        failed(guard.failure(thrown));
        return failure;
      }
    }

    @Override
    public void resolverFailed(Status status) {
      balancer.ifPresent(b -> guard.run(() -> b.resolverFailed(status)));
    }

    @Override
    public void exitIdle() {
      balancer.ifPresent(b -> guard.run(b::exitIdle));
    }

    @Override
    public void close() {
      closed = true;
      balancer.ifPresent(b -> guard.run(b::close));
    }

    @Override
    public void update(ConnectivityState state, Picker picker) {
      super.update(
          Objects.requireNonNull(state, "the state of an update (expected: a ConnectivityState)"),
          Objects.requireNonNull(picker, "the picker of an update (expected: one that queues)"));
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return super.newSubConn(
          address, (subConn, now) -> guard.run(() -> listener.changed(subConn, now)));
    }

    @Override
    public SerialScheduler scheduler() {
      return guard;
    }
  }
}

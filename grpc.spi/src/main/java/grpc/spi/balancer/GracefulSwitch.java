package grpc.spi.balancer;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.resolver.ResolverState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Switches from one policy to another without a gap. While the old policy is READY, it serves calls
 * until the new one is no longer CONNECTING. Channels switch their policy with it, and parents the
 * policies of their children. Its configuration is the policy with that policy's configuration.
 */
public final class GracefulSwitch implements Balancer<Policies.Choice<?>> {
  private final BalancerContext context;
  private @Nullable Child<?> serving;
  private @Nullable Child<?> next;

  /** Starts without a policy; the first {@link #accept} brings one. */
  public GracefulSwitch(BalancerContext context) {
    this.context = context;
  }

  /** Switches to this policy unless it is the current one, and gives it the resolution. */
  @Override
  public Status accept(ResolverState.Resolved resolved, Policies.Choice<?> choice) {
    var newest = newest();
    var child =
        newest != null && newest.policy.equals(choice.provider().policyName())
            ? newest
            : switchTo(choice.provider());
    return child.accept(resolved, choice);
  }

  private <C> Child<C> switchTo(BalancerProvider<C> provider) {
    var former = next;
    var child = new Child<C>(provider.policyName());
    child.balancer = Optional.of(provider.create(child));
    if (serving != null && serving.state instanceof ConnectivityState.Ready) {
      next = child;
    } else {
      former = serving;
      serving = child;
    }
    if (former != null) {
      former.close();
    }
    return child;
  }

  /** {@return the name of the newest policy} */
  public Optional<String> policy() {
    return Optional.ofNullable(newest()).map(child -> child.policy);
  }

  /** {@return the state that was published last; CONNECTING before there is one} */
  public ConnectivityState state() {
    return serving == null ? ConnectivityState.CONNECTING : serving.state;
  }

  /** {@return the picker that was published last; one that queues before there is one} */
  public Picker picker() {
    return serving == null ? Picker.QUEUE : serving.picker;
  }

  private @Nullable Child<?> newest() {
    return next != null ? next : serving;
  }

  private Optional<? extends Balancer<?>> balancer() {
    return Optional.ofNullable(newest()).flatMap(child -> child.balancer);
  }

  @Override
  public void resolverFailed(Status status) {
    balancer().ifPresent(b -> b.resolverFailed(status));
  }

  @Override
  public void exitIdle() {
    balancer().ifPresent(Balancer::exitIdle);
  }

  @Override
  public void close() {
    var closing = new Child<?>[] {serving, next};
    serving = null;
    next = null;
    for (var child : closing) {
      if (child != null) {
        child.close();
      }
    }
  }

  private void promote() {
    var former = serving;
    var child = next;
    if (child == null) {
      return;
    }
    serving = child;
    next = null;
    context.update(child.state, child.picker);
    if (former != null) {
      context.scheduler().execute(former::close); // it may be in the middle of its own update
    }
  }

  /** A policy with its last published state and picker. */
  private final class Child<C> extends ForwardingBalancerContext {
    private final String policy;
    private Optional<Balancer<C>> balancer = Optional.empty();
    private ConnectivityState state = ConnectivityState.CONNECTING;
    private Picker picker = Picker.QUEUE;

    Child(String policy) {
      super(context);
      this.policy = policy;
    }

    @SuppressWarnings(
        "unchecked") // one provider has this name, so all its configurations have one type
    Status accept(ResolverState.Resolved resolved, Policies.Choice<?> choice) {
      return balancer.isPresent()
          ? balancer.get().accept(resolved, (C) choice.config())
          : Status.internal("a resolution came before the policy");
    }

    void close() {
      balancer.ifPresent(Balancer::close);
    }

    @Override
    public void update(ConnectivityState connectivity, Picker published) {
      state = connectivity;
      picker = published;
      if (equals(serving)) {
        if (next != null && !(connectivity instanceof ConnectivityState.Ready)) {
          promote();
        } else {
          context.update(connectivity, published);
        }
      } else if (equals(next) && !(connectivity instanceof ConnectivityState.Connecting)) {
        promote();
      }
    }

    @Override
    public void resolveNow() {
      if (equals(newest())) {
        context.resolveNow();
      }
    }
  }
}

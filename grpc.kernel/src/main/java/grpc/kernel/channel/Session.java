package grpc.kernel.channel;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.kernel.guard.Guard;
import grpc.kernel.info.ChannelSnapshot;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.pick.ControlPlaneStatus;
import grpc.kernel.pick.CurrentPicker;
import grpc.kernel.pick.PickerState;
import grpc.kernel.subchannel.HealthChecks;
import grpc.kernel.subchannel.SubchannelPool;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.GracefulSwitch;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.Policies;
import grpc.spi.balancer.SubConn;
import grpc.spi.failure.Reason;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From one start of a channel to its next idleness: a resolver, the service config, the policy. On
 * the channel's serial executor. A resolver that throws counts as a resolution that failed.
 */
final class Session implements ResolverContext {
  private static final Logger log = LoggerFactory.getLogger("grpc.channel");

  private final ChannelSettings settings;
  private final SerialScheduler scheduler;
  private final CurrentPicker currentPicker;
  private final SubchannelPool subchannels;
  private final HealthChecks health;
  private final ConfigInForce config;
  private final Guard guard;
  private final Resolver resolver;
  private final GracefulSwitch policy = new GracefulSwitch(new PolicyContext());
  private Optional<Status> resolution = Optional.empty();
  private Optional<IllegalArgumentException> refusal = Optional.empty();
  private boolean hinted;
  private boolean over;

  /**
   * Makes the resolver and does no I/O. A target that it refuses counts as a resolution that failed
   * with {@link #refusal}.
   */
  Session(
      ChannelSettings settings,
      SerialScheduler scheduler,
      CurrentPicker currentPicker,
      SubchannelPool subchannels,
      HealthChecks health,
      ConfigInForce config) {
    this.settings = settings;
    this.scheduler = scheduler;
    this.currentPicker = currentPicker;
    this.subchannels = subchannels;
    this.health = health;
    this.config = config;
    this.guard = new Guard("resolver", settings.resolver(), scheduler, this::resolverThrew);
    this.resolver = resolver();
  }

  private Resolver resolver() {
    try {
      return Objects.requireNonNull(
          settings.resolver().create(settings.target(), this),
          "its resolver (expected: a Resolver)");
    } catch (IllegalArgumentException e) {
      refusal = Optional.of(e);
      return new FailedResolver(this, Status.unavailable(Reason.of(e)));
    } catch (Throwable thrown) {
      return new FailedResolver(this, guard.failure(thrown));
    }
  }

  /** Why the resolver can do nothing with the target, where that is so. */
  Optional<IllegalArgumentException> refusal() {
    return refusal;
  }

  private void resolverThrew(Status status) {
    publish(ResolverState.failed(status));
  }

  void start() {
    guard.run(resolver::start);
  }

  /** Publishes nothing from now on, and closes all that the policy left open. */
  void close() {
    over = true;
    guard.run(resolver::close);
    policy.close();
    subchannels.shutdown();
  }

  /** Ends all waiting for a next attempt: of the resolver, and of connections. */
  void resetBackoff() {
    if (!over) {
      guard.run(resolver::resetBackoff);
      subchannels.resetBackoff();
      health.resetBackoff();
    }
  }

  void exitIdle() {
    if (!over) {
      policy.exitIdle();
    }
  }

  ChannelSnapshot snapshot() {
    return new ChannelData(
        settings.target().toString(),
        currentPicker.current().state(),
        resolution,
        config.now().json(),
        config.refused(),
        policy.policy(),
        subchannels.snapshot());
  }

  @Override
  public Status publish(ResolverState state) {
    if (over) {
      return Status.OK;
    }
    log.debug("{}: {}", settings.target(), state);
    return switch (state) {
      case ResolverState.Resolved resolved ->
          taken(resolved, config.take(resolved.serviceConfigJson()));
      case ResolverState.BadServiceConfig bad ->
          taken(
              ResolverState.resolved(bad.endpoints()).withAttributes(bad.attributes()),
              config.takeNone(bad.problem()));
      case ResolverState.Failed failed -> {
        resolution = Optional.of(failed.status());
        if (policy.policy().isPresent()) {
          policy.resolverFailed(failed.status());
        } else {
          failCalls(failed.status());
        }
        yield Status.OK;
      }
    };
  }

  private Status taken(ResolverState.Resolved resolved, Status usable) {
    if (!usable.isOk()) {
      failCalls(usable);
    }
    var answer = usable.isOk() ? resolved(resolved) : usable;
    resolution = Optional.of(answer);
    return answer;
  }

  private Status resolved(ResolverState.Resolved resolved) {
    health.use(config.now().healthService());
    var chosen = config.balancing();
    String name = chosen.provider().policyName();
    policy
        .policy()
        .filter(former -> !former.equals(name))
        .ifPresent(former -> log.info("{}: policy {} becomes {}", settings.target(), former, name));
    return policy.accept(resolved, chosen);
  }

  /** Fails calls that do not wait for ready. */
  void failCalls(Status status) {
    var fail = PickResult.fail(ControlPlaneStatus.ofCall(status));
    update(new ConnectivityState.TransientFailure(status), Picker.of(fail));
  }

  private void update(ConnectivityState connectivity, Picker picker) {
    if (over) {
      return;
    }
    log.debug("{}: {}", settings.target(), connectivity);
    currentPicker.post(
        new PickerState(picker, config.now(), PickerState.Phase.RESOLVED, connectivity));
  }

  /** As an event of its own, because a resolver may publish at once, into the policy that asked. */
  private void hint() {
    hinted = false;
    if (!over) {
      guard.run(resolver::resolveNow);
    }
  }

  @Override
  public SerialScheduler scheduler() {
    return guard;
  }

  @Override
  public int defaultPort() {
    return settings.security().defaultPort();
  }

  /** The session, as policies see it. */
  private final class PolicyContext implements BalancerContext {
    @Override
    public void update(ConnectivityState connectivity, Picker picker) {
      Session.this.update(connectivity, picker);
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return subchannels.open(address, listener);
    }

    @Override
    public void resolveNow() {
      if (!hinted) {
        hinted = true;
        scheduler.execute(Session.this::hint);
      }
    }

    @Override
    public Optional<Policies.Choice<?>> policy(String name) {
      return config.policies().byName(name);
    }

    @Override
    public String target() {
      return settings.target().toString();
    }

    @Override
    public SerialScheduler scheduler() {
      return scheduler;
    }
  }
}

package grpc.kernel.channel;

import grpc.api.ConnectivityState;
import grpc.kernel.observe.Observers;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.registry.Discovery;
import grpc.kernel.registry.ProviderKind;
import grpc.kernel.serviceconfig.ServiceConfigParser;
import grpc.kernel.subchannel.ReadyConnection;
import grpc.kernel.subchannel.SubchannelHandle;
import grpc.kernel.time.FakeClock;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.PickResult;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.health.HealthChecker;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.spi.transport.Keepalive;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import grpc.testing.FakeConnection;
import grpc.testing.FakeScheduler;
import grpc.testing.FakeTransport;
import grpc.testing.ScriptedResolver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A whole channel without calls, on a fake clock, a scripted resolver and fake connections; the
 * policies are those on the test's module path.
 */
public final class TestChannel implements AutoCloseable {
  public static final Keepalive KEEPALIVE = Keepalive.every(Duration.ofSeconds(10));

  /** More than the first backoff can be. */
  public static final Duration BACKOFF = Duration.ofSeconds(2);

  static final Duration IDLE = Duration.ofMinutes(30);

  public final FakeScheduler time = new FakeScheduler();
  public final ScriptedResolver resolver = new ScriptedResolver("test");
  public final FakeTransport transport = new FakeTransport();
  public final ChannelCore core;

  /** Whether the resolver refuses the target from now on. */
  boolean refusesTarget;

  public TestChannel(BalancerProvider<?>... others) {
    this(Optional.empty(), true, true, Observers.NONE, Optional.empty(), others);
  }

  public static TestChannel withDefaultConfig(String json) {
    return new TestChannel(Optional.empty(), true, true, Observers.NONE, Optional.of(json));
  }

  public static TestChannel withoutResolverConfig() {
    return new TestChannel(Optional.empty(), true, false, Observers.NONE, Optional.empty());
  }

  public static TestChannel observed(Observer observer) {
    return new TestChannel(
        Optional.empty(), true, true, new Observers(List.of(observer)), Optional.empty());
  }

  public static TestChannel checking(
      Optional<HealthChecker> checker, boolean healthChecks, BalancerProvider<?>... others) {
    return new TestChannel(checker, healthChecks, true, Observers.NONE, Optional.empty(), others);
  }

  private final class Refusing implements ResolverProvider {
    @Override
    public String scheme() {
      return resolver.scheme();
    }

    @Override
    public Resolver create(Target target, ResolverContext context) {
      if (refusesTarget) {
        throw new IllegalArgumentException("no such cluster any more");
      }
      return resolver.create(target, context);
    }
  }

  private TestChannel(
      Optional<HealthChecker> checker,
      boolean healthChecks,
      boolean resolverConfig,
      Observers observers,
      Optional<String> defaultConfig,
      BalancerProvider<?>... others) {
    var discovery = new Discovery(false);
    discovery.add(ProviderKind.TRANSPORT, transport);
    ServiceLoader.load(BalancerProvider.class)
        .forEach(p -> discovery.add(ProviderKind.BALANCER, p));
    checker.ifPresent(c -> discovery.add(ProviderKind.HEALTH, c));
    for (var other : others) {
      discovery.add(ProviderKind.BALANCER, other);
    }
    var providers = discovery.providers();
    var parser = new ServiceConfigParser(providers.table(ProviderKind.BALANCER)::find);
    core =
        new ChannelCore(
            ChannelSettings.builder(
                    providers,
                    new Target("test", "", "backends"),
                    new Refusing(),
                    ChannelSecurity.PLAINTEXT,
                    time::execute)
                .userAgent("test")
                .config(defaultConfig.map(parser::parse))
                .resolverConfig(resolverConfig)
                .healthChecks(healthChecks)
                .keepalive(Optional.of(KEEPALIVE))
                .idleTimeout(IDLE)
                .observers(observers)
                .clock(new FakeClock(time))
                .build(),
            environment -> {
              throw new UnsupportedOperationException("no calls here");
            });
  }

  public void connect() {
    core.connect();
    time.run();
  }

  public void resolved(int... ports) {
    resolver.publish(Endpoints.of(ports));
    time.run();
  }

  public void resolvedWith(String serviceConfig, int... ports) {
    resolver.publish(Endpoints.of(ports).withServiceConfig(serviceConfig));
    time.run();
  }

  /** The newest connection comes up. */
  public FakeConnection ready() {
    transport.newest().ready();
    time.run();
    return transport.newest();
  }

  public void fails() {
    transport.newest().fails("refused");
    time.run();
  }

  public void pass(Duration duration) {
    time.advance(duration);
  }

  public ConnectivityState state() {
    return core.currentPicker().current().state();
  }

  public PickResult pick() {
    return core.currentPicker().current().picker().pick(FakeChannel.call());
  }

  /** The connection that a call would go to, or null where it would wait or fail. */
  public @Nullable FakeConnection picked() {
    return pick() instanceof PickResult.Complete complete
            && complete.subConn() instanceof SubchannelHandle subchannel
            && subchannel.connection() instanceof ReadyConnection ready
        ? (FakeConnection) ready.transport()
        : null;
  }

  @Override
  public void close() {
    core.close();
    time.run();
  }
}

package grpc.kernel.channel;

import grpc.api.ConnectivityState;
import grpc.kernel.observe.Observers;
import grpc.kernel.registry.Discovery;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.kernel.serviceconfig.ServiceConfigParser;
import grpc.kernel.time.Clock;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.PickResult;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.health.HealthChecker;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.spi.schedule.SerialScheduler.Cancellable;
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
final class TestChannel implements AutoCloseable {
  static final Keepalive KEEPALIVE =
      new Keepalive(Duration.ofSeconds(10), Keepalive.DEFAULT_TIMEOUT, false);

  /** More than the first backoff can be. */
  static final Duration BACKOFF = Duration.ofSeconds(2);

  static final Duration IDLE = Duration.ofMinutes(30);

  final FakeScheduler time = new FakeScheduler();
  final ScriptedResolver resolver = new ScriptedResolver("test");
  final FakeTransport transport = new FakeTransport();
  final ChannelCore core;

  /** Whether the resolver refuses the target from now on. */
  boolean refusesTarget;

  TestChannel(BalancerProvider<?>... others) {
    this(Optional.empty(), true, true, Observers.NONE, Optional.empty(), others);
  }

  static TestChannel withDefaultConfig(String json) {
    return new TestChannel(Optional.empty(), true, true, Observers.NONE, Optional.of(json));
  }

  static TestChannel withoutResolverConfig() {
    return new TestChannel(Optional.empty(), true, false, Observers.NONE, Optional.empty());
  }

  static TestChannel observed(Observer observer) {
    return new TestChannel(
        Optional.empty(), true, true, new Observers(List.of(observer)), Optional.empty());
  }

  static TestChannel checking(
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
    discovery.add(transport);
    ServiceLoader.load(BalancerProvider.class).forEach(discovery::add);
    checker.ifPresent(discovery::add);
    for (var other : others) {
      discovery.add(other);
    }
    var clock =
        new Clock() {
          @Override
          public long nanoTime() {
            return time.nanoTime();
          }

          @Override
          public Cancellable schedule(long delayNanos, Runnable task) {
            return time.schedule(Duration.ofNanos(delayNanos), task);
          }
        };
    var providers = discovery.providers();
    var parser = new ServiceConfigParser(providers.balancers()::find);
    core =
        new ChannelCore(
            new ChannelSettings(
                providers,
                new Target("test", "", "backends"),
                new Refusing(),
                ChannelSecurity.PLAINTEXT,
                "backends",
                "test",
                defaultConfig.map(parser::parse).orElse(ServiceConfig.EMPTY),
                resolverConfig,
                healthChecks,
                "pick_first",
                Optional.empty(),
                8192,
                Optional.of(KEEPALIVE),
                IDLE,
                observers,
                clock,
                time::execute),
            front -> {
              throw new UnsupportedOperationException("no calls here");
            });
  }

  void connect() {
    core.connect();
    time.run();
  }

  void resolved(int... ports) {
    resolver.publish(Endpoints.of(ports));
    time.run();
  }

  void resolvedWith(String serviceConfig, int... ports) {
    resolver.publish(Endpoints.of(ports).withServiceConfig(serviceConfig));
    time.run();
  }

  /** The newest connection comes up. */
  FakeConnection ready() {
    transport.newest().ready();
    time.run();
    return transport.newest();
  }

  void fails() {
    transport.newest().fails("refused");
    time.run();
  }

  void pass(Duration duration) {
    time.advance(duration);
  }

  ConnectivityState state() {
    return core.board().current().state();
  }

  PickResult pick() {
    return core.board().current().picker().pick(FakeChannel.call());
  }

  /** The connection that a call would go to, or null where it would wait or fail. */
  @Nullable FakeConnection picked() {
    return pick() instanceof PickResult.Complete complete
            && complete.subConn() instanceof Subchannel subchannel
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

package grpc.kernel.channel;

import grpc.api.Status;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.kernel.serviceconfig.ServiceConfigParser;
import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.BalancerContext;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.GracefulSwitch;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel without its calls: resolver, service config, balancer, subchannels. All of it lives on
 * the serial executor; calls see only the {@link SelectionBoard}. It starts with the first call,
 * and again with the first after each time that it went idle.
 */
public final class ChannelCore {
  private static final Logger log = LoggerFactory.getLogger(ChannelCore.class);

  private final ChannelSettings settings;
  private final ChannelScheduler scheduler;
  private final SelectionBoard board;
  private final Connections connections;
  private final Subchannels subchannels;
  private final IdleWatch idleWatch;
  private final ServiceConfigParser parser;
  private final AtomicBoolean started = new AtomicBoolean();

  // on the scheduler
  private Session session;
  private boolean closed;

  /**
   * Makes the resolver and does no I/O.
   *
   * @throws IllegalArgumentException when the resolver refuses the target
   * @throws IllegalStateException when there is no module for the default policy
   */
  public ChannelCore(ChannelSettings settings) {
    this.settings = settings;
    this.scheduler =
        new ChannelScheduler(settings.clock(), settings.executor(), this::pluginFailed);
    this.board = new SelectionBoard(settings.clock(), Selection.idle(this::wake));
    this.connections = new Connections(settings);
    this.subchannels =
        new Subchannels(scheduler, connections, () -> ThreadLocalRandom.current().nextDouble());
    this.idleWatch = new IdleWatch(scheduler, settings.idleTimeout(), this::goIdle);
    this.parser = new ServiceConfigParser(settings.providers().balancers()::find);
    if (settings.config().balancing().isEmpty()) {
      settings.providers().requireBalancer(settings.policy());
    }
    this.session = new Session();
  }

  /** {@return what it was made from} */
  public ChannelSettings settings() {
    return settings;
  }

  /** {@return where calls find their picker} */
  public SelectionBoard board() {
    return board;
  }

  /** {@return where calls count themselves} */
  public IdleWatch idleWatch() {
    return idleWatch;
  }

  /** Starts resolving, unless it has; a policy that has gone idle connects. */
  public void connect() {
    start();
    scheduler.execute(() -> session.exitIdle());
  }

  /** Starts resolving, unless it has. */
  public void start() {
    if (!started.get() && started.compareAndSet(false, true)) {
      scheduler.execute(() -> {
        if (!closed) {
          log.debug("{}: resolving", settings.target());
          board.post(Selection.resolving());
          session.resolver.start();
          idleWatch.start();
        }
      });
    }
  }

  /** The picker of an idle channel. */
  private PickResult wake(PickInfo call) {
    start();
    return PickResult.QUEUE;
  }

  /** Lets go of resolver, policy and connections until somebody calls. */
  private void goIdle() {
    if (closed) {
      return;
    }
    log.debug("{}: idle", settings.target());
    session.close();
    session = new Session();
    started.set(false); // before anybody sees that it is idle and starts it
    board.post(Selection.idle(this::wake));
  }

  /** Lets every connection that waits for its backoff try at once. */
  public void resetBackoff() {
    scheduler.execute(subchannels::resetBackoff);
  }

  /** Ends all calls with CANCELLED, closes all connections. Returns at once. */
  public void close() {
    stop(Status.cancelled("the channel to " + settings.target() + " was closed"));
    connections.close(Status.cancelled("the channel to " + settings.target() + " was closed"));
  }

  /**
   * Takes no new calls and waits for those that run on a connection.
   *
   * @return whether they have all ended
   */
  public boolean drain(Duration grace) throws InterruptedException {
    stop(Status.unavailable("the channel to " + settings.target() + " is shutting down"));
    connections.drain();
    return connections.awaitGone(grace);
  }

  private void stop(Status status) {
    board.post(Selection.closed(status));
    scheduler.execute(() -> {
      if (!closed) {
        closed = true;
        idleWatch.stop();
        session.close();
      }
    });
  }

  private void pluginFailed(Throwable thrown) {
    var status =
        Status.internal(
            "a resolver or balancer of %s threw %s".formatted(settings.target(), thrown));
    log.error("{}", status.message(), thrown);
    session.failCalls(status);
  }

  /** From one start to the next idleness: a resolver, the config, the policy. */
  private final class Session implements ResolverContext, BalancerContext {
    private static final int DEFAULT_PORT = 443;

    private final Resolver resolver = settings.resolver().create(settings.target(), this);
    private final GracefulSwitch policy = new GracefulSwitch(this);
    private @Nullable ServiceConfig config;
    private boolean over;

    void close() {
      over = true;
      resolver.close();
      policy.close();
    }

    void exitIdle() {
      if (!over) {
        policy.exitIdle();
      }
    }

    @Override
    public Status publish(ResolverState resolution) {
      if (over) {
        return Status.OK;
      }
      log.debug("{}: {}", settings.target(), resolution);
      return switch (resolution) {
        case ResolverState.Resolved resolved -> resolved(resolved);
        case ResolverState.Failed failed -> {
          if (policy.policy().isPresent()) {
            policy.resolverFailed(failed.status());
          } else {
            failCalls(failed.status());
          }
          yield Status.OK;
        }
      };
    }

    private Status resolved(ResolverState.Resolved resolution) {
      try {
        config = resolution.serviceConfigJson().map(parser::parse).orElse(settings.config());
      } catch (IllegalArgumentException e) {
        var status =
            Status.unavailable(
                "%s: bad service config: %s".formatted(settings.target(), e.getMessage()));
        log.warn("{} ({})", status.message(), config == null ? "none before" : "keeping the last");
        if (config == null) {
          failCalls(status);
          return status;
        }
      }
      var chosen = chosen(config == null ? ServiceConfig.EMPTY : config);
      var provider = settings.providers().requireBalancer(chosen.policy());
      policy
          .policy()
          .filter(former -> !former.equals(chosen.policy()))
          .ifPresent(former ->
              log.info("{}: policy {} becomes {}", settings.target(), former, chosen.policy()));
      policy.to(provider);
      return policy.accept(resolution, chosen.config());
    }

    private ServiceConfig.Balancing chosen(ServiceConfig now) {
      return now.balancing()
          .or(() -> settings.config().balancing())
          .orElseGet(() -> new ServiceConfig.Balancing(settings.policy(), BalancerConfig.NONE));
    }

    void failCalls(Status status) {
      var fail = PickResult.fail(ControlPlaneStatus.ofCall(status));
      update(new ConnectivityState.TransientFailure(status), info -> fail);
    }

    @Override
    public void update(ConnectivityState connectivity, Picker picker) {
      if (over) {
        return;
      }
      log.debug("{}: {}", settings.target(), connectivity);
      board.post(
          new Selection(
              picker,
              Optional.ofNullable(config).orElse(settings.config()),
              Selection.Phase.RESOLVED,
              connectivity));
    }

    @Override
    public SubConn newSubConn(Address address, SubConn.Listener listener) {
      return subchannels.open(address, listener);
    }

    @Override
    public void resolveNow() {
      if (!over) {
        resolver.resolveNow();
      }
    }

    @Override
    public Optional<BalancerProvider> policy(String name) {
      return settings.providers().balancers().find(name);
    }

    @Override
    public SerialScheduler scheduler() {
      return scheduler;
    }

    @Override
    public int defaultPort() {
      return DEFAULT_PORT;
    }
  }
}

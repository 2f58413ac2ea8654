package grpc.kernel.channel;

import grpc.api.Status;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.kernel.serviceconfig.ServiceConfigParser;
import grpc.spi.balancer.BalancerConfig;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverState;
import grpc.spi.schedule.SerialScheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel without its calls: resolver, service config, balancer, subchannels. All of it lives on
 * the serial executor; calls see only the {@link SelectionBoard}. It starts with the first call.
 */
public final class ChannelCore {
  private static final Logger log = LoggerFactory.getLogger(ChannelCore.class);

  private final ChannelSettings settings;
  private final ChannelScheduler scheduler;
  private final SelectionBoard board;
  private final Connections connections;
  private final ServiceConfigParser parser;
  private final Resolver resolver;
  private final AtomicBoolean started = new AtomicBoolean();

  // on the scheduler
  private boolean closed;
  private @Nullable ServiceConfig config;
  private @Nullable RunningPolicy policy;

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
    this.board = new SelectionBoard(settings.clock());
    this.connections = new Connections(settings);
    this.parser = new ServiceConfigParser(settings.providers().balancers()::find);
    if (settings.config().balancing().isEmpty()) {
      settings.providers().requireBalancer(settings.policy());
    }
    this.resolver = settings.resolver().create(settings.target(), new Resolutions());
  }

  /** {@return what it was made from} */
  public ChannelSettings settings() {
    return settings;
  }

  /** {@return where calls find their picker} */
  public SelectionBoard board() {
    return board;
  }

  /** Starts resolving, the first time. */
  public void start() {
    if (!started.get() && started.compareAndSet(false, true)) {
      scheduler.execute(() -> {
        if (!closed) {
          log.debug("{}: resolving", settings.target());
          resolver.start();
        }
      });
    }
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
        resolver.close();
        if (policy != null) {
          policy.close();
        }
      }
    });
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
    var running = policy;
    if (running == null || !running.name().equals(chosen.policy())) {
      var provider = settings.providers().requireBalancer(chosen.policy());
      var next =
          new RunningPolicy(provider, settings.providers(), scheduler, connections, new Pickers());
      policy = next; // from here on what the former one publishes is not heard
      if (running != null) {
        log.info("{}: policy {} becomes {}", settings.target(), running.name(), next.name());
        running.close();
      }
      running = next;
    }
    return running.accept(resolution, chosen.config());
  }

  private ServiceConfig.Balancing chosen(ServiceConfig now) {
    return now.balancing()
        .or(() -> settings.config().balancing())
        .orElseGet(() -> new ServiceConfig.Balancing(settings.policy(), BalancerConfig.NONE));
  }

  private void failCalls(Status status) {
    var fail = PickResult.fail(ControlPlaneStatus.ofCall(status));
    post(info -> fail);
  }

  private void post(Picker picker) {
    board.post(
        new Selection(
            picker,
            Optional.ofNullable(config).orElse(settings.config()),
            Selection.Phase.RESOLVED));
  }

  private void pluginFailed(Throwable thrown) {
    var status =
        Status.internal(
            "a resolver or balancer of %s threw %s".formatted(settings.target(), thrown));
    log.error("{}", status.message(), thrown);
    failCalls(status);
  }

  /** What the resolver sees. */
  private final class Resolutions implements ResolverContext {
    private static final int DEFAULT_PORT = 443;

    @Override
    public Status publish(ResolverState resolution) {
      if (closed) {
        return Status.OK;
      }
      log.debug("{}: {}", settings.target(), resolution);
      return switch (resolution) {
        case ResolverState.Resolved resolved -> resolved(resolved);
        case ResolverState.Failed failed -> {
          if (policy != null) {
            policy.resolverFailed(failed.status());
          } else {
            failCalls(failed.status());
          }
          yield Status.OK;
        }
      };
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

  /** What a policy may do to the channel while it is the current one. */
  private final class Pickers implements RunningPolicy.Owner {
    @Override
    public void update(RunningPolicy from, Picker picker) {
      if (from == policy && !closed) {
        post(picker);
      }
    }

    @Override
    public void resolveNow() {
      if (!closed) {
        resolver.resolveNow();
      }
    }
  }
}

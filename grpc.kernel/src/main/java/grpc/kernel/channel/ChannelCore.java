package grpc.kernel.channel;

import grpc.api.Channel;
import grpc.api.Status;
import grpc.kernel.info.ChannelSnapshot;
import grpc.kernel.pick.CallEnvironment;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.pick.CurrentPicker;
import grpc.kernel.pick.IdleWatch;
import grpc.kernel.pick.PickerState;
import grpc.kernel.subchannel.DirectChannels;
import grpc.kernel.subchannel.HealthChecks;
import grpc.kernel.subchannel.OpenTransports;
import grpc.kernel.subchannel.SubchannelPool;
import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel without its calls: resolver, service config, balancer, subchannels. All of it lives on
 * the serial executor; calls see only the {@link CurrentPicker}. It starts with the first call, and
 * again with the first after each time that it went idle.
 */
public final class ChannelCore {
  private static final Logger log = LoggerFactory.getLogger("grpc.channel");

  private final ChannelSettings settings;
  private final ChannelScheduler scheduler;
  private final CurrentPicker currentPicker;
  private final CallEnvironment environment;
  private final OpenTransports connections;
  private final HealthChecks health;
  private final ConfigInForce config;
  private final SubchannelPool subchannels;
  private final IdleWatch idleWatch;
  private final AtomicBoolean started = new AtomicBoolean();

  // on the scheduler
  private Session session;
  private boolean closed;

  /**
   * Makes the resolver and does no I/O.
   *
   * @param direct makes the calls that policies make on single connections
   * @throws IllegalArgumentException when the resolver refuses the target, or the default policy
   *     demands a configuration
   * @throws IllegalStateException when there is no module for the default policy
   */
  public ChannelCore(ChannelSettings settings, Function<CallEnvironment, Channel> direct) {
    this.settings = settings;
    this.scheduler = new ChannelScheduler(settings.clock(), settings.executor(), this::failed);
    this.currentPicker = new CurrentPicker(settings.clock(), PickerState.idle(this::wake));
    this.connections = new OpenTransports(settings);
    this.health = new HealthChecks(settings, scheduler, this::failCalls);
    this.config = new ConfigInForce(settings);
    this.subchannels =
        new SubchannelPool(
            scheduler,
            connections,
            health,
            new DirectChannels(settings, scheduler, direct),
            () -> ThreadLocalRandom.current().nextDouble());
    this.idleWatch = new IdleWatch(scheduler, settings.idleTimeout(), this::goIdle);
    this.environment = new CallEnvironment(settings, currentPicker, idleWatch, this::start, true);
    this.session = newSession();
    if (session.refusal().isPresent()) {
      throw session.refusal().get();
    }
  }

  private Session newSession() {
    return new Session(settings, scheduler, currentPicker, subchannels, health, config);
  }

  /** {@return its settings} */
  public ChannelSettings settings() {
    return settings;
  }

  /** {@return where calls find their picker} */
  public CurrentPicker currentPicker() {
    return currentPicker;
  }

  /** {@return the channel, as calls need it} */
  public CallEnvironment environment() {
    return environment;
  }

  /** Starts resolving, unless it has; a policy that has gone idle connects. */
  public void connect() {
    start();
    scheduler.execute(() -> session.exitIdle());
  }

  /** Starts resolving, unless it has. */
  void start() {
    if (!started.get() && started.compareAndSet(false, true)) {
      scheduler.execute(() -> {
        if (!closed) {
          log.debug("{}: resolving", settings.target());
          currentPicker.post(PickerState.resolving());
          session.start();
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
    session = newSession();
    started.set(false); // before anybody sees that it is idle and starts it
    currentPicker.post(PickerState.idle(this::wake));
  }

  /** Lets all that waits for its backoff try at once: connections, health checks, the resolver. */
  public void resetBackoff() {
    if (started.get()) {
      scheduler.execute(() -> session.resetBackoff());
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
    currentPicker.post(PickerState.closed(status));
    scheduler.execute(() -> {
      if (!closed) {
        closed = true;
        idleWatch.stop();
        session.close();
      }
    });
  }

  /** {@return the channel at a moment not far from now} */
  public CompletableFuture<ChannelSnapshot> snapshot() {
    var snapshot = new CompletableFuture<ChannelSnapshot>();
    scheduler.execute(() -> snapshot.complete(session.snapshot()));
    return snapshot;
  }

  /** A bug of a listener, or our own: plugins are guarded. */
  private void failed(Throwable thrown) {
    var status = Status.internal("an event of %s threw %s".formatted(settings.target(), thrown));
    log.error("{}", status.message(), thrown);
    failCalls(status);
  }

  private void failCalls(Status status) {
    session.failCalls(status);
  }
}

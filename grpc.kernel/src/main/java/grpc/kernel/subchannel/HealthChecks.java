package grpc.kernel.subchannel;

import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.kernel.guard.Guard;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.registry.MissingProvider;
import grpc.kernel.registry.PluginFailure;
import grpc.spi.balancer.SubConn;
import grpc.spi.health.HealthChecker;
import grpc.spi.health.HealthContext;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks connections for the health of the service that the service config names (A17), for the
 * policies that want to know. When the config names another, all are asked anew. On the channel's
 * serial executor.
 */
public final class HealthChecks {
  private static final Logger log = LoggerFactory.getLogger("grpc.health");
  private static final Cancellable NONE = () -> {};

  private final ChannelSettings settings;
  private final SerialScheduler scheduler;
  private final Consumer<Status> failed;
  private final Set<Watch> watches = new LinkedHashSet<>();
  private Optional<String> service = Optional.empty();
  private Optional<HealthChecker> checker = Optional.empty();

  /**
   * No checks yet.
   *
   * @param failed takes the failure of a listener that throws
   */
  public HealthChecks(
      ChannelSettings settings, SerialScheduler scheduler, Consumer<Status> failed) {
    this.settings = settings;
    this.scheduler = scheduler;
    this.failed = failed;
  }

  /** Takes over what a service config says. */
  public void use(Optional<String> configured) {
    var next = settings.healthChecks() ? configured : Optional.<String>empty();
    if (next.equals(service)) {
      return;
    }
    service = next;
    checker = next.flatMap(this::checker);
    List.copyOf(watches).forEach(Watch::restart);
  }

  private Optional<HealthChecker> checker(String name) {
    try {
      return Optional.of(settings.providers().requireHealthChecker());
    } catch (MissingProvider e) {
      log.error(
          "{}: the service config asks for the health of \"{}\", but {}; connections count as"
              + " healthy",
          settings.target(),
          name,
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Asks those connections anew that are not healthy: they may wait to be asked again. */
  public void resetBackoff() {
    List.copyOf(watches).stream()
        .filter(watch -> watch.now instanceof ConnectivityState.TransientFailure)
        .forEach(Watch::restart);
  }

  /** Watches the health of this connection until it is cancelled. */
  public Watch watch(SubConn subConn) {
    var watch = new Watch(subConn);
    watches.add(watch);
    watch.restart();
    return watch;
  }

  /** One subchannel's, from READY to the end of that. */
  public final class Watch implements Cancellable {
    private final SubConn subConn;
    private final Set<SubConn.Listener> listeners = new LinkedHashSet<>();
    private ConnectivityState now = ConnectivityState.CONNECTING;
    private @Nullable Question asked;

    private Watch(SubConn subConn) {
      this.subConn = subConn;
    }

    /** Tells this one, too: what is known before it returns. */
    public void tell(SubConn.Listener listener) {
      listeners.add(listener);
      tell(listener, now);
    }

    private void become(ConnectivityState health) {
      now = health;
      List.copyOf(listeners).forEach(listener -> tell(listener, health));
    }

    private void tell(SubConn.Listener listener, ConnectivityState health) {
      try {
        listener.changed(subConn, health);
      } catch (Throwable thrown) { // a plugin of another version throws LinkageErrors, too
        var failure = PluginFailure.of("health listener", listener, thrown);
        log.error("{}: {}", settings.target(), failure.getMessage(), thrown);
        failed.accept(failure.status());
      }
    }

    private void restart() {
      stop();
      if (checker.isEmpty()) {
        become(ConnectivityState.READY);
        return;
      }
      become(ConnectivityState.CONNECTING);
      asked = new Question(this, service.orElse(""), checker.get());
      asked.start();
    }

    private void stop() {
      var last = asked;
      asked = null;
      if (last != null) {
        last.running.cancel();
      }
    }

    @Override
    public void cancel() {
      watches.remove(this);
      stop();
    }
  }

  /** One watch for one service. Once it is replaced, its reports are ignored. */
  private final class Question implements HealthContext {
    private final Watch watch;
    private final String service;
    private final HealthChecker checker;
    private final Guard guard;
    private Cancellable running = NONE;

    Question(Watch watch, String service, HealthChecker checker) {
      this.watch = watch;
      this.service = service;
      this.checker = checker;
      this.guard = new Guard("health checker", checker, scheduler, this::threw);
    }

    private void start() {
      guard.run(() -> running = checker.watch(this));
    }

    private void threw(Status status) {
      update(new ConnectivityState.TransientFailure(status));
    }

    @Override
    public Channel channel() {
      return watch.subConn.channel();
    }

    @Override
    public String service() {
      return service;
    }

    @Override
    public Address address() {
      return watch.subConn.address();
    }

    @Override
    public SerialScheduler scheduler() {
      return guard;
    }

    @Override
    public void update(ConnectivityState health) {
      if (equals(watch.asked)) {
        log.debug("{}: health of \"{}\": {}", watch.subConn.address(), service, health);
        watch.become(health);
      }
    }
  }
}

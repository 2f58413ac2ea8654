package grpc.kernel.channel;

import grpc.kernel.registry.MissingProvider;
import grpc.kernel.registry.PluginFailure;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.balancer.SubConn;
import grpc.spi.health.HealthChecker;
import grpc.spi.health.HealthContext;
import grpc.spi.schedule.SerialScheduler;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.spi.transport.ClientTransport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks connections for the health of the service that the service config names (A17), for the
 * policies that want to know. When the config names another, all are asked anew. On the channel's
 * serial executor.
 */
final class HealthChecks {
  private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);
  private static final Cancellable NONE = () -> {};

  private final ChannelSettings settings;
  private final SerialScheduler scheduler;
  private final Set<Watch> watches = new LinkedHashSet<>();
  private Optional<String> service = Optional.empty();
  private Optional<HealthChecker> checker = Optional.empty();

  /** Asks nobody yet. */
  HealthChecks(ChannelSettings settings, SerialScheduler scheduler) {
    this.settings = settings;
    this.scheduler = scheduler;
  }

  /** Takes over what a service config says. */
  void use(Optional<String> configured) {
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

  /** Tells the health of this connection, the first before it returns; until it is cancelled. */
  Cancellable watch(SubConn subConn, ClientTransport connection, SubConn.Listener listener) {
    var watch = new Watch(subConn, connection, listener);
    watches.add(watch);
    watch.restart();
    return watch;
  }

  /** One subchannel's, from READY to the end of that. */
  private final class Watch implements Cancellable {
    private final SubConn subConn;
    private final ClientTransport connection;
    private final SubConn.Listener listener;
    private @Nullable Question asked;

    Watch(SubConn subConn, ClientTransport connection, SubConn.Listener listener) {
      this.subConn = subConn;
      this.connection = connection;
      this.listener = listener;
    }

    void restart() {
      stop();
      if (checker.isEmpty()) {
        listener.changed(subConn, ConnectivityState.READY);
        return;
      }
      listener.changed(subConn, ConnectivityState.CONNECTING);
      var question = new Question(this, service.orElse(""));
      asked = question;
      question.running = question.start(checker.get());
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

  /** One watch for one service. What it tells after it was replaced is not heard. */
  private final class Question implements HealthContext {
    private final Watch watch;
    private final String service;
    private Cancellable running = NONE;

    Question(Watch watch, String service) {
      this.watch = watch;
      this.service = service;
    }

    private Cancellable start(HealthChecker with) {
      try {
        return with.watch(this);
      } catch (Throwable thrown) {
        var failure = PluginFailure.of("health checker", with, thrown);
        log.error("{}: {}", settings.target(), failure.getMessage(), thrown);
        update(new ConnectivityState.TransientFailure(failure.status()));
        return NONE;
      }
    }

    @Override
    public ClientTransport connection() {
      return watch.connection;
    }

    @Override
    public String service() {
      return service;
    }

    @Override
    public String authority() {
      return settings.authority();
    }

    @Override
    public SerialScheduler scheduler() {
      return scheduler;
    }

    @Override
    public void update(ConnectivityState health) {
      if (equals(watch.asked)) {
        log.debug("{}: health of \"{}\": {}", watch.subConn.address(), service, health);
        watch.listener.changed(watch.subConn, health);
      }
    }
  }
}

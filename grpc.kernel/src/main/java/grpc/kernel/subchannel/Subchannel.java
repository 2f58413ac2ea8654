package grpc.kernel.subchannel;

import grpc.api.ConnectivityState;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.kernel.info.SubchannelSnapshot;
import grpc.kernel.registry.PluginFailure;
import grpc.spi.failure.Reason;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;
import grpc.spi.schedule.SerialScheduler.Cancellable;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.Keepalive;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one address, shared by all subchannels to it, with its backoff. It lives as
 * long as it has subchannels. On the channel's serial executor. A connection that drains leaves it
 * at once and lives on in {@link OpenTransports} until its last call has ended.
 */
final class Subchannel {
  private static final Logger log = LoggerFactory.getLogger("grpc.channel");
  private static final Duration MIN_CONNECT_TIMEOUT = Duration.ofSeconds(20);

  private final Address address;
  private final SerialScheduler scheduler;
  private final OpenTransports connections;
  private final ConnectBackoff backoff;
  private final Runnable unused;
  private final Set<SubchannelHandle> subchannels = new LinkedHashSet<>();
  private ConnectivityState state = ConnectivityState.IDLE;
  private Optional<Status> lastFailure = Optional.empty();
  private @Nullable Attempt attempt;
  private @Nullable Cancellable waiting;

  /**
   * A connection that is not made yet.
   *
   * @param unused runs when its last handle is gone
   */
  Subchannel(
      Address address,
      SerialScheduler scheduler,
      OpenTransports connections,
      ConnectBackoff backoff,
      Runnable unused) {
    this.address = address;
    this.scheduler = scheduler;
    this.connections = connections;
    this.backoff = backoff;
    this.unused = unused;
  }

  Address address() {
    return address;
  }

  void attach(SubchannelHandle subchannel) {
    subchannels.add(subchannel);
  }

  /** The handle has asked to connect; it follows the state now, or the outcome. */
  void connect(SubchannelHandle subchannel) {
    if (state instanceof ConnectivityState.Idle) {
      begin();
    } else {
      subchannel.follow(state, attempt == null ? null : attempt.ready, Status.OK);
    }
  }

  void detach(SubchannelHandle subchannel) {
    subchannels.remove(subchannel);
    if (!subchannels.isEmpty()) {
      return;
    }
    unused.run();
    boolean connected = state instanceof ConnectivityState.Ready;
    state = ConnectivityState.SHUTDOWN;
    stopWaiting();
    var last = attempt;
    attempt = null;
    if (last != null && last.transport != null) {
      if (connected) {
        last.transport.drain();
      } else {
        last.transport.close(Status.cancelled("the subchannel was shut down"));
      }
    }
  }

  void shutdown() {
    List.copyOf(subchannels).forEach(SubchannelHandle::shutdown);
  }

  SubchannelSnapshot snapshot() {
    return new SubchannelData(address, state, lastFailure);
  }

  /** Forgets earlier attempts: the next may start at once. */
  void resetBackoff() {
    backoff.reset();
    if (waiting != null) {
      stopWaiting();
      become(ConnectivityState.IDLE, Status.OK);
    }
  }

  private void begin() {
    state = ConnectivityState.CONNECTING;
    var tooEarly = backoff.cutShort();
    if (tooEarly.isPresent()) {
      fail(tooEarly.get());
      return;
    }
    log.debug("{}: connecting", address.socketAddress());
    var delay = backoff.begin();
    var timeout = delay.compareTo(MIN_CONNECT_TIMEOUT) > 0 ? delay : MIN_CONNECT_TIMEOUT;
    var next = new Attempt();
    attempt = next;
    try {
      next.transport = connections.connect(address, timeout, next);
    } catch (PluginFailure e) {
      log.error("{}", e.getMessage(), e);
      next.closed(e.status());
    } catch (IllegalStateException e) { // no transport for it, or several
      next.closed(
          Status.unavailable("cannot connect to " + address.socketAddress() + ": " + Reason.of(e)));
    }
  }

  private void fail(Status reason) {
    lastFailure = Optional.of(reason);
    become(new ConnectivityState.TransientFailure(reason), reason);
    waiting =
        scheduler.schedule(
            backoff.left(),
            () -> {
              waiting = null;
              become(ConnectivityState.IDLE, Status.OK);
            });
  }

  private void become(ConnectivityState next, Status why) {
    log.debug("{}: {}", address.socketAddress(), next);
    state = next;
    var ready = attempt == null ? null : attempt.ready;
    List.copyOf(subchannels).forEach(subchannel -> subchannel.follow(next, ready, why));
  }

  private void stopWaiting() {
    if (waiting != null) {
      waiting.cancel();
      waiting = null;
    }
  }

  /** One connection from its first try to its end. */
  private final class Attempt implements ClientTransport.Listener {
    private @Nullable ClientTransport transport;
    private @Nullable ReadyConnection ready;

    @Override
    public void ready(Peer peer) {
      scheduler.execute(() -> {
        if (equals(attempt) && transport != null) {
          ready = new ReadyConnection(transport, peer);
          backoff.ready();
          become(ConnectivityState.READY, Status.OK);
        }
      });
    }

    @Override
    public void draining(Status reason) {
      scheduler.execute(() -> lost(reason));
    }

    @Override
    public void pingedTooOften(Keepalive used) {
      connections.pingedTooOften(address, used);
    }

    @Override
    public void closed(Status reason) {
      scheduler.execute(() -> {
        if (transport != null) {
          connections.gone(transport);
        }
        lost(reason);
      });
    }

    private void lost(Status reason) {
      if (!equals(attempt)) {
        return;
      }
      attempt = null;
      if (state instanceof ConnectivityState.Ready) {
        backoff.lost(briefly(reason));
        backoff.cutShort().ifPresent(why -> log.info("{}", why.message()));
        become(ConnectivityState.IDLE, reason);
      } else {
        log.info("cannot connect to {}: {}", address.socketAddress(), reason);
        fail(reason);
      }
    }

    private Status briefly(Status reason) {
      return Status.unavailable(
          "the connection to %s was lost %d ms after it came up (%s); the next attempt waits for its"
                  .formatted(address.socketAddress(), backoff.readyFor().toMillis(), reason)
              + " backoff");
    }
  }
}

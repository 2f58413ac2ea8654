package grpc.kernel.subchannel;

import grpc.api.Status;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.registry.PluginFailure;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.TransportProvider;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of a channel, those included that only finish their last calls. Thread-safe. */
public final class OpenTransports {
  private static final Logger log = LoggerFactory.getLogger("grpc.channel");

  private final ChannelSettings settings;
  private final Set<ClientTransport> open = new HashSet<>();
  private boolean closed;
  private volatile Optional<Keepalive> keepalive;

  public OpenTransports(ChannelSettings settings) {
    this.settings = settings;
    this.keepalive = settings.keepalive();
  }

  ClientTransport connect(Address address, Duration timeout, ClientTransport.Listener listener) {
    var provider =
        settings.providers().requireTransport(address.socketAddress(), settings.transport());
    var options =
        ClientTransportOptions.builder(settings.authority(), settings.security())
            .userAgent(settings.userAgent())
            .maxHeaderListSize(settings.maxHeaderListSize())
            .connectTimeout(timeout);
    keepalive.ifPresent(options::keepalive);
    var observed =
        settings.observers().isEmpty()
            ? listener
            : new ObservingListener(
                listener,
                settings.observers(),
                settings.target().toString(),
                address.socketAddress());
    var transport = connect(provider, address, options.build(), observed);
    synchronized (this) {
      open.add(transport);
      if (!closed) {
        return transport;
      }
    }
    transport.close(Status.cancelled("the channel has closed"));
    return transport;
  }

  private static ClientTransport connect(
      TransportProvider provider,
      Address address,
      ClientTransportOptions options,
      ClientTransport.Listener listener) {
    try {
      return provider.connect(address, options, listener);
    } catch (Throwable thrown) {
      throw PluginFailure.of("transport", provider, thrown);
    }
  }

  synchronized void gone(ClientTransport transport) {
    open.remove(transport);
    notifyAll();
  }

  /**
   * The server at this address says that we ping too often: new connections do it half as often.
   */
  synchronized void pingedTooOften(Address address, Keepalive used) {
    var longer = used.time().multipliedBy(2);
    boolean isNew = keepalive.filter(k -> k.time().compareTo(longer) < 0).isPresent();
    if (isNew) { // else another connection has said so before
      keepalive = Optional.of(used.withTime(longer));
      log.warn(
          "{} permits no keepalive every {} (too_many_pings): new connections ping every {}",
          address.socketAddress(),
          used.time(),
          longer);
    }
  }

  public void drain() {
    for (var transport : all()) {
      transport.drain();
    }
  }

  public void close(Status status) {
    List<ClientTransport> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(open);
    }
    for (var transport : all) {
      transport.close(status);
    }
  }

  /** Waits until all are gone; false when that took longer on the channel's clock. */
  public boolean awaitGone(Duration timeout) throws InterruptedException {
    var clock = settings.clock();
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long end = clock.nanoTime() + nanos;
    var alarm = clock.schedule(nanos, this::wake);
    try {
      synchronized (this) {
        while (!open.isEmpty() && end - clock.nanoTime() > 0) {
          wait();
        }
        return open.isEmpty();
      }
    } finally {
      alarm.cancel();
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  private synchronized List<ClientTransport> all() {
    return List.copyOf(open);
  }
}

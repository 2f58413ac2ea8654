package grpc.kernel.observe;

import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.kernel.registry.DiscoveredProvider;
import grpc.kernel.registry.ProviderKind;
import grpc.kernel.registry.Providers;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import grpc.spi.observe.ServerCallStart;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The observers of one channel's or server's calls, in the order in which they are called. */
public final class Observers {
  /** No observers. */
  public static final Observers NONE = new Observers(List.of());

  private final List<Observer> all;
  private final ObserverDispatch telling = new ObserverDispatch();

  /** These. */
  public Observers(List<Observer> all) {
    this.all = List.copyOf(all);
  }

  /** {@return the runtime's observers, and then those of the application} */
  public static Observers of(Providers providers, List<Observer> added) {
    var all =
        new ArrayList<>(
            providers.table(ProviderKind.OBSERVER).all().stream()
                .map(DiscoveredProvider::provider)
                .toList());
    all.addAll(added);
    return new Observers(all);
  }

  /** {@return whether there are none} */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** {@return the observers of a channel's call} */
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return call(o -> o.clientCall(method, target));
  }

  /** {@return the observers of a server's call} */
  public CallObserver serverCall(ServerCallStart start) {
    return call(o -> o.serverCall(start));
  }

  /** See {@link Observer#refused}. */
  public void refused(String method, Peer peer, Status status) {
    telling.each(all, o -> o.refused(method, peer, status));
  }

  /** See {@link Observer#serverConnectionOpened}. */
  public void serverConnectionOpened(Peer client) {
    telling.each(all, o -> o.serverConnectionOpened(client));
  }

  /** See {@link Observer#serverConnectionClosed}. */
  public void serverConnectionClosed(Peer client, Status reason) {
    telling.each(all, o -> o.serverConnectionClosed(client, reason));
  }

  /** See {@link Observer#clientConnectionOpened}. */
  public void clientConnectionOpened(String target, SocketAddress address) {
    telling.each(all, o -> o.clientConnectionOpened(target, address));
  }

  /** See {@link Observer#clientConnectionClosed}. */
  public void clientConnectionClosed(String target, SocketAddress address, Status reason) {
    telling.each(all, o -> o.clientConnectionClosed(target, address, reason));
  }

  private CallObserver call(Function<Observer, CallObserver> begin) {
    if (all.isEmpty()) {
      return CallObserver.NONE;
    }
    var calls = telling.ask(all, begin, CallObserver.NONE);
    return calls.isEmpty() ? CallObserver.NONE : new FanOutCallObserver(telling, calls);
  }
}

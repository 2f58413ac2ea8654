package grpc.kernel.observe;

import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.kernel.registry.Found;
import grpc.kernel.registry.Providers;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Those that hear of one channel's or server's calls.
 *
 * @param all in the order in which they hear
 */
public record Observers(List<Observer> all) {
  /** Nobody. */
  public static final Observers NONE = new Observers(List.of());

  /** Copies the list. */
  public Observers {
    all = List.copyOf(all);
  }

  /** {@return the runtime's observers, and then those of the application} */
  public static Observers of(Providers providers, List<Observer> added) {
    var all = new ArrayList<>(providers.observers().all().stream().map(Found::provider).toList());
    all.addAll(added);
    return new Observers(all);
  }

  /** {@return whether there is nobody} */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** {@return what hears of a channel's call} */
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return all.isEmpty() ? CallObserver.NONE : joined(o -> o.clientCall(method, target));
  }

  /** {@return what hears of a server's call} */
  public CallObserver serverCall(MethodDescriptor<?, ?> method, Peer peer) {
    return all.isEmpty() ? CallObserver.NONE : joined(o -> o.serverCall(method, peer));
  }

  /** See {@link Observer#accepted}. */
  public void accepted(Peer client) {
    all.forEach(o -> o.accepted(client));
  }

  /** See {@link Observer#left}. */
  public void left(Peer client, Status reason) {
    all.forEach(o -> o.left(client, reason));
  }

  /** See {@link Observer#connected}. */
  public void connected(String target, SocketAddress address) {
    all.forEach(o -> o.connected(target, address));
  }

  /** See {@link Observer#disconnected}. */
  public void disconnected(String target, SocketAddress address, Status reason) {
    all.forEach(o -> o.disconnected(target, address, reason));
  }

  private CallObserver joined(Function<Observer, CallObserver> begin) {
    var calls = new ArrayList<CallObserver>(all.size());
    for (var observer : all) {
      var call = begin.apply(observer);
      if (!call.equals(CallObserver.NONE)) {
        calls.add(call);
      }
    }
    return switch (calls.size()) {
      case 0 -> CallObserver.NONE;
      case 1 -> calls.getFirst();
      default -> new JoinedCall(List.copyOf(calls));
    };
  }
}

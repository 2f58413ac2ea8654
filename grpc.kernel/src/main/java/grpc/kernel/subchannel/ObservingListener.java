package grpc.kernel.subchannel;

import grpc.api.Peer;
import grpc.api.Status;
import grpc.kernel.observe.Observers;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.Keepalive;
import java.net.SocketAddress;

/** Tells observers of a connection too; its transport calls it one event at a time. */
final class ObservingListener implements ClientTransport.Listener {
  private final ClientTransport.Listener listener;
  private final Observers observers;
  private final String target;
  private final SocketAddress address;
  private boolean wasReady;

  ObservingListener(
      ClientTransport.Listener listener,
      Observers observers,
      String target,
      SocketAddress address) {
    this.listener = listener;
    this.observers = observers;
    this.target = target;
    this.address = address;
  }

  @Override
  public void ready(Peer peer) {
    wasReady = true;
    observers.clientConnectionOpened(target, address);
    listener.ready(peer);
  }

  @Override
  public void draining(Status reason) {
    listener.draining(reason);
  }

  @Override
  public void pingedTooOften(Keepalive used) {
    listener.pingedTooOften(used);
  }

  @Override
  public void closed(Status reason) {
    if (wasReady) {
      observers.clientConnectionClosed(target, address, reason);
    }
    listener.closed(reason);
  }
}

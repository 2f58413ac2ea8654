package grpc.observe.jfr;

import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import grpc.spi.observe.ServerCallStart;
import java.net.SocketAddress;

/** Makes events of calls, attempts and connections while a recording enables them. */
public final class JfrObserver implements Observer {
  /** For the service loader. */
  public JfrObserver() {}

  @Override
  public String name() {
    return "jfr";
  }

  @Override
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    var event = new ClientCallEvent();
    if (!event.isEnabled()) {
      return CallObserver.NONE;
    }
    event.method = method.fullName();
    event.target = target;
    return new RecordedCall(event);
  }

  @Override
  public CallObserver serverCall(ServerCallStart call) {
    var event = new ServerCallEvent();
    if (!event.isEnabled()) {
      return CallObserver.NONE;
    }
    event.method = call.method().fullName();
    event.peer = call.peer().remote().toString();
    return new RecordedCall(event);
  }

  @Override
  public void refused(String method, Peer peer, Status status) {
    var event = new ServerCallEvent();
    if (event.isEnabled()) {
      event.method = method;
      event.peer = peer.remote().toString();
      new RecordedCall(event).ended(status);
    }
  }

  @Override
  public void serverConnectionOpened(Peer client) {
    connection("", client.remote(), true, "");
  }

  @Override
  public void serverConnectionClosed(Peer client, Status reason) {
    connection("", client.remote(), false, reason.toString());
  }

  @Override
  public void clientConnectionOpened(String target, SocketAddress address) {
    connection(target, address, true, "");
  }

  @Override
  public void clientConnectionClosed(String target, SocketAddress address, Status reason) {
    connection(target, address, false, reason.toString());
  }

  private static void connection(
      String target, SocketAddress address, boolean open, String reason) {
    var event = new ConnectionEvent();
    if (event.isEnabled()) {
      event.target = target;
      event.address = address.toString();
      event.open = open;
      event.reason = reason;
      event.commit();
    }
  }
}

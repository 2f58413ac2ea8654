package grpc.kernel.channel;

import grpc.api.Attributes;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.StreamOptions;
import grpc.spi.transport.TransportProvider;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Connections whose fate the test decides; they carry no calls. */
final class FakeTransport implements TransportProvider {
  /** One connection. */
  static final class Connection implements ClientTransport {
    final Address address;
    final ClientTransportOptions options;
    private final Listener listener;
    boolean draining;
    boolean closed;

    Connection(Address address, ClientTransportOptions options, Listener listener) {
      this.address = address;
      this.options = options;
      this.listener = listener;
    }

    void ready() {
      listener.ready(new Peer(address.socketAddress(), address.socketAddress(), Attributes.EMPTY));
    }

    void fails() {
      listener.closed(Status.unavailable("refused"));
    }

    void goesAway() {
      listener.draining(Status.unavailable("GOAWAY"));
    }

    void sentAwayForPings() {
      listener.pingedTooOften(options.keepalive().orElseThrow());
      listener.draining(Status.unavailable("GOAWAY"));
    }

    @Override
    public ClientStream newStream(RequestHeaders headers, StreamOptions streamOptions) {
      throw new UnsupportedOperationException("no calls here");
    }

    @Override
    public ClientStream newStream(
        RequestHeaders headers, StreamOptions streamOptions, Message message) {
      throw new UnsupportedOperationException("no calls here");
    }

    @Override
    public void drain() {
      draining = true;
    }

    @Override
    public void close(Status status) {
      closed = true;
    }
  }

  final List<Connection> connections = new ArrayList<>();

  Connection last() {
    return connections.getLast();
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public boolean supports(SocketAddress address) {
    return true;
  }

  @Override
  public ClientTransport connect(
      Address address, ClientTransportOptions options, ClientTransport.Listener listener) {
    connections.add(new Connection(address, options, listener));
    return connections.getLast();
  }

  @Override
  public ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor) {
    throw new UnsupportedOperationException("no servers here");
  }
}

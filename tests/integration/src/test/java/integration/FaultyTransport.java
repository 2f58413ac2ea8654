package integration;

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
import java.io.IOException;
import java.net.SocketAddress;

/** Another transport with a fault. */
record FaultyTransport(TransportProvider good, Fault fault) implements TransportProvider {
  @Override
  public String name() {
    return good.name();
  }

  @Override
  public boolean supports(SocketAddress address) {
    fault.at("TransportProvider.supports");
    return good.supports(address);
  }

  @Override
  public ClientTransport connect(
      Address address, ClientTransportOptions options, ClientTransport.Listener listener) {
    fault.at("TransportProvider.connect");
    return new Connection(good.connect(address, options, listener), fault);
  }

  private record Connection(ClientTransport good, Fault fault) implements ClientTransport {
    @Override
    public ClientStream newStream(RequestHeaders headers, StreamOptions options) {
      fault.at("ClientTransport.newStream");
      return good.newStream(headers, options);
    }

    @Override
    public ClientStream newStream(RequestHeaders headers, StreamOptions options, Message message) {
      fault.at("ClientTransport.newStream");
      return good.newStream(headers, options, message);
    }

    @Override
    public void drain() {
      good.drain();
    }

    @Override
    public void close(Status status) {
      good.close(status);
    }
  }

  @Override
  public ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor)
      throws IOException {
    fault.at("TransportProvider.listen");
    return good.listen(address, options, acceptor);
  }
}

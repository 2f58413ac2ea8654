package integration;

import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
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
    return good.connect(address, options, listener);
  }

  @Override
  public ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor)
      throws IOException {
    fault.at("TransportProvider.listen");
    return good.listen(address, options, acceptor);
  }
}

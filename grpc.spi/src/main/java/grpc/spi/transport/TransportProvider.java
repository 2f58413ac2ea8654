package grpc.spi.transport;

import grpc.spi.resolver.Address;
import java.io.IOException;
import java.net.SocketAddress;

/** Carries streams over some wire; a {@link java.util.ServiceLoader} service. */
public interface TransportProvider {
  /** {@return its name, for example {@code nio} or {@code inprocess}} */
  String name();

  /** {@return whether it can connect to and listen on addresses like this one} */
  boolean supports(SocketAddress address);

  /**
   * Starts to connect and returns at once; the listener hears the rest, possibly before this
   * returns. Streams that are started before {@link ClientTransport.Listener#ready} end as not
   * sent.
   */
  ClientTransport connect(
      Address address, ClientTransportOptions options, ClientTransport.Listener listener);

  /**
   * Listens.
   *
   * @throws IOException when it cannot, for example because the port is in use; the message names
   *     the address
   */
  ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor)
      throws IOException;
}

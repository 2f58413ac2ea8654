package grpc.spi.transport;

import grpc.spi.resolver.Address;
import java.io.IOException;
import java.net.SocketAddress;

/**
 * Carries streams over a network or inside a process; a {@link java.util.ServiceLoader} service.
 * Your provider has a public constructor without arguments. One instance serves all channels and
 * servers of a runtime, on any thread. No argument is null, and no method returns null. {@code
 * TransportContract} in {@code grpc.testing} tests a transport against this package.
 */
public interface TransportProvider {
  /** {@return its name, for example {@code nio} or {@code inprocess}} */
  String name();

  /**
   * {@return whether it can connect to and listen on addresses like this one} Judge by the type of
   * the address, and do no I/O.
   */
  boolean supports(SocketAddress address);

  /**
   * Starts to connect and returns at once; the listener gets the rest, possibly before this
   * returns. Do not block and do not throw: an attempt that fails ends by {@link
   * ClientTransport.Listener#closed}, with a status that names the address and the reason. Streams
   * that are started before {@link ClientTransport.Listener#ready} end as not sent.
   */
  ClientTransport connect(
      Address address, ClientTransportOptions options, ClientTransport.Listener listener);

  /**
   * Listens. When this returns, clients can connect.
   *
   * @throws IOException when it cannot, for example because the port is in use; the message names
   *     the address
   */
  ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor)
      throws IOException;
}

package grpc.transport.nio;

import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.TransportProvider;
import grpc.transport.nio.wire.LoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** HTTP/2 over TCP and Unix domain sockets. Its threads run only while there is a connection. */
public final class NioTransportProvider implements TransportProvider {
  private final LoopGroup loops;

  /** For {@link java.util.ServiceLoader}. */
  public NioTransportProvider() {
    this(new LoopGroup());
  }

  NioTransportProvider(LoopGroup loops) {
    this.loops = loops;
  }

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public boolean supports(SocketAddress address) {
    return address instanceof InetSocketAddress || address instanceof UnixDomainSocketAddress;
  }

  @Override
  public ClientTransport connect(
      Address address, ClientTransportOptions options, ClientTransport.Listener listener) {
    return NioClientTransport.connect(address, options, listener, loops);
  }

  @Override
  public ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor)
      throws IOException {
    return NioServerTransport.listen(address, options, acceptor, loops);
  }
}

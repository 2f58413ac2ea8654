import org.jspecify.annotations.NullMarked;

/**
 * HTTP/2 over {@link java.nio.channels.SocketChannel}: the wire transport of clients and servers.
 *
 * <p>Applications name nothing of it: being on the module path is all.
 */
@NullMarked
module grpc.transport.nio {
  requires static org.jspecify;
  requires grpc.spi;
  requires org.slf4j;

  provides grpc.spi.transport.TransportProvider with
      grpc.transport.nio.NioTransportProvider;
}

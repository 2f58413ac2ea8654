import org.jspecify.annotations.NullMarked;

/**
 * HTTP/2 over {@link java.nio.channels.SocketChannel}: the wire transport of clients and servers.
 *
 * <p>Put it on the module path; applications do not refer to it.
 */
@NullMarked
module grpc.transport.nio {
  requires static org.jspecify;
  requires grpc.spi;
  requires org.slf4j;

  provides grpc.spi.transport.TransportProvider with
      grpc.transport.nio.NioTransportProvider;
}

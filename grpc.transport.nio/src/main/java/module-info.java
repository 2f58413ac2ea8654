import org.jspecify.annotations.NullMarked;

/**
 * HTTP/2 over {@link java.nio.channels.SocketChannel}: the wire transport of clients and servers.
 */
@NullMarked
module grpc.transport.nio {
  requires org.slf4j;
  requires static org.jspecify;
}

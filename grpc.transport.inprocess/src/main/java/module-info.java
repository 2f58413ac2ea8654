import grpc.spi.resolver.ResolverProvider;
import grpc.spi.transport.TransportProvider;
import grpc.transport.inprocess.InProcessResolverProvider;
import grpc.transport.inprocess.InProcessTransportProvider;
import org.jspecify.annotations.NullMarked;

/**
 * Calls within one JVM: the transport contract with no wire below it.
 *
 * <p>Brings the transport {@code inprocess} and the scheme of the same name; its one type for
 * applications is {@link grpc.transport.inprocess.InProcessAddress}.
 */
@NullMarked
module grpc.transport.inprocess {
  requires static org.jspecify;
  requires transitive grpc.spi;

  exports grpc.transport.inprocess;

  provides TransportProvider with
      InProcessTransportProvider;
  provides ResolverProvider with
      InProcessResolverProvider;
}

import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.health.HealthChecker;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.transport.TransportProvider;
import org.jspecify.annotations.NullMarked;

/**
 * Joins the providers that are on the module path into channels and servers.
 *
 * <p>It requires no provider: with none it links and starts, and says which module is missing as
 * soon as one is needed.
 */
@NullMarked
module grpc.kernel {
  requires static org.jspecify;
  requires transitive grpc.api;
  requires transitive grpc.spi; // GrpcRuntime.Builder takes providers
  requires com.google.gson; // service configs are JSON
  requires jdk.unsupported; // sun.misc.Signal, by reflection: ExitOnSignal
  requires org.slf4j;

  exports grpc.kernel;
  exports grpc.kernel.info;

  uses ResolverProvider;
  uses BalancerProvider;
  uses Codec;
  uses Compressor;
  uses TransportProvider;
  uses Observer;
  uses HealthChecker;
}

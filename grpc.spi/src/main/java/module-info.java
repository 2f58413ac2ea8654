import org.jspecify.annotations.NullMarked;

/**
 * The contract between the kernel and its providers.
 *
 * <p>A provider implements one of the services below and names it in a {@code provides} clause; put
 * its module on the module path, and the kernel finds it. The services are {@link
 * grpc.spi.resolver.ResolverProvider}, {@link grpc.spi.balancer.BalancerProvider}, {@link
 * grpc.spi.codec.Codec}, {@link grpc.spi.codec.Compressor}, {@link
 * grpc.spi.transport.TransportProvider}, {@link grpc.spi.health.HealthChecker} and {@link
 * grpc.spi.observe.Observer}.
 */
@NullMarked
module grpc.spi {
  requires static org.jspecify;
  requires transitive grpc.api;

  exports grpc.spi.balancer;
  exports grpc.spi.codec;
  exports grpc.spi.config;
  exports grpc.spi.credentials;
  exports grpc.spi.failure;
  exports grpc.spi.health;
  exports grpc.spi.observe;
  exports grpc.spi.resolver;
  exports grpc.spi.schedule;
  exports grpc.spi.transport;
}

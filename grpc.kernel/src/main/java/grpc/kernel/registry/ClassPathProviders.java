package grpc.kernel.registry;

import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.health.HealthChecker;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.transport.TransportProvider;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Providers that a kernel on the module path does not see because their jars are on the class path.
 * Looked for only where one is missing.
 */
final class ClassPathProviders {
  private ClassPathProviders() {}

  /** What a message adds to those that were found; empty where there is nothing to add. */
  static String told(String kind) {
    if (!ClassPathProviders.class.getModule().isNamed()) {
      return ""; // the kernel is on the class path itself
    }
    long there =
        switch (kind) {
          case "resolver" -> count(ServiceLoader.load(ResolverProvider.class, loader()));
          case "balancer" -> count(ServiceLoader.load(BalancerProvider.class, loader()));
          case "codec" -> count(ServiceLoader.load(Codec.class, loader()));
          case "compressor" -> count(ServiceLoader.load(Compressor.class, loader()));
          case "transport" -> count(ServiceLoader.load(TransportProvider.class, loader()));
          case "health" -> count(ServiceLoader.load(HealthChecker.class, loader()));
          default -> 0;
        };
    return there == 0
        ? ""
        : "; %d on the class path, which a kernel on the module path does not see: put %s on the module path"
            .formatted(there, there == 1 ? "its jar" : "their jars");
  }

  private static ClassLoader loader() {
    return ClassLoader.getSystemClassLoader();
  }

  /** Makes none of them. */
  private static long count(ServiceLoader<?> loader) {
    try {
      return loader.stream().filter(p -> !p.type().getModule().isNamed()).count();
    } catch (ServiceConfigurationError | LinkageError e) {
      return 0; // a broken one is no help
    }
  }
}

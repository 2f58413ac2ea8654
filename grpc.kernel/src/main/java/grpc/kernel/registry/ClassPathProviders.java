package grpc.kernel.registry;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Providers that a kernel on the module path does not see because their jars are on the class path.
 * Looked for only where one is missing.
 */
final class ClassPathProviders {
  private ClassPathProviders() {}

  /** {@return the part of a message that says so; empty if the class path has none} */
  static String told(ProviderKind<?> kind) {
    if (!ClassPathProviders.class.getModule().isNamed()) {
      return ""; // the kernel is on the class path itself
    }
    long there = count(ServiceLoader.load(kind.service(), ClassLoader.getSystemClassLoader()));
    return there == 0
        ? ""
        : "; %d on the class path, which a kernel on the module path does not see: put %s on the module path"
            .formatted(there, there == 1 ? "its jar" : "their jars");
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

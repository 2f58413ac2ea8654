package grpc.kernel.registry;

import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider and where it comes from.
 *
 * @param name its name among those of its kind
 * @param provider the provider
 * @param origin where its class comes from
 * @param <P> the kind
 */
public record DiscoveredProvider<P>(String name, P provider, Origin origin) {
  /** Where a provider's class comes from. */
  public enum Source {
    /** The runtime's own layer, class path, or the kernel itself. */
    OWN,
    /** A parent of the runtime's layer. */
    PARENT,
    /** The application, which handed it to the runtime's builder. */
    EXPLICIT
  }

  /**
   * The module of a provider.
   *
   * @param source its source
   * @param className the provider's class
   * @param module the module's name, or {@code the class path}
   * @param version the module's version, where it has one
   * @param location where the module was found, where that is known
   */
  public record Origin(
      Source source,
      String className,
      String module,
      Optional<String> version,
      Optional<URI> location) {
    /** {@return the origin of this class} */
    public static Origin of(Class<?> type, Source source) {
      var module = type.getModule();
      return new Origin(
          source,
          type.getName(),
          module.isNamed() ? module.getName() : "the class path",
          Optional.ofNullable(module.getDescriptor()).flatMap(ModuleDescriptor::rawVersion),
          location(type));
    }

    private static Optional<URI> location(Class<?> type) {
      @Nullable ModuleLayer layer = type.getModule().getLayer();
      if (layer != null) {
        return layer
            .configuration()
            .findModule(type.getModule().getName())
            .flatMap(m -> m.reference().location());
      }
      var source = type.getProtectionDomain().getCodeSource();
      return source == null || source.getLocation() == null
          ? Optional.empty()
          : uri(source.getLocation());
    }

    /** Class loaders take URLs that are no URIs, with a bare space or a bare percent sign. */
    private static Optional<URI> uri(URL location) {
      try {
        return Optional.of(location.toURI());
      } catch (URISyntaxException e) {
        return quoted(location);
      }
    }

    private static Optional<URI> quoted(URL location) {
      try {
        String text = location.toString();
        String scheme = location.getProtocol();
        return Optional.of(new URI(scheme, text.substring(scheme.length() + 1), null));
      } catch (URISyntaxException e) {
        return Optional.empty(); // it only serves messages and listings
      }
    }

    @Override
    public String toString() {
      return "%s in %s%s"
          .formatted(className, module, location.map(where -> " (" + where + ")").orElse(""));
    }
  }
}

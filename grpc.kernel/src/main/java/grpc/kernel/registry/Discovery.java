package grpc.kernel.registry;

import grpc.kernel.registry.DiscoveredProvider.Origin;
import grpc.kernel.registry.DiscoveredProvider.Source;
import grpc.kernel.resolver.BuiltInResolvers;
import grpc.spi.failure.Reason;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Collects the providers of a runtime; for one thread. */
public final class Discovery {
  private final Providers providers = new Providers();
  private final boolean childReplaces;

  /**
   * Starts with the kernel's own resolvers.
   *
   * @param childReplaces whether a layer's provider replaces one of its parents' of the same name
   */
  public Discovery(boolean childReplaces) {
    this.childReplaces = childReplaces;
    BuiltInResolvers.ALL.forEach(provider -> add(ProviderKind.RESOLVER, provider, Source.OWN));
  }

  /** Adds the providers of this layer and of its parents. */
  public void addAll(ModuleLayer layer) {
    ProviderKind.ALL.forEach(kind -> load(kind, layer));
  }

  private <P> void load(ProviderKind<P> kind, ModuleLayer layer) {
    load(kind, ServiceLoader.load(layer, kind.service()), layer);
  }

  /** Adds the providers that this class loader sees. */
  public void addAll(ClassLoader loader) {
    ProviderKind.ALL.forEach(kind -> load(kind, loader));
  }

  private <P> void load(ProviderKind<P> kind, ClassLoader loader) {
    load(kind, ServiceLoader.load(kind.service(), loader), null);
  }

  /** Adds a provider that the application hands over. */
  public <P> void add(ProviderKind<P> kind, P provider) {
    add(kind, provider, Source.EXPLICIT);
  }

  /** {@return the providers that were collected} */
  public Providers providers() {
    return providers.complete();
  }

  private <P> void add(ProviderKind<P> kind, P provider, Source source) {
    var found =
        new DiscoveredProvider<>(
            name(kind, provider), provider, Origin.of(provider.getClass(), source));
    providers.table(kind).add(found, childReplaces);
  }

  private <P> void load(
      ProviderKind<P> kind, ServiceLoader<P> loader, @Nullable ModuleLayer layer) {
    try {
      loader.stream()
          .forEach(candidate -> {
            var provider = instantiate(kind, candidate);
            boolean own = layer == null || candidate.type().getModule().getLayer() == layer;
            add(kind, provider, own ? Source.OWN : Source.PARENT);
          });
    } catch (ServiceConfigurationError | LinkageError e) { // of a service file, or of a class in it
      throw new IllegalStateException(
          "broken %s provider: %s (remove its module or repair it)"
              .formatted(kind.label(), e instanceof LinkageError ? e : Reason.of(e)),
          e);
    }
  }

  private static <P> String name(ProviderKind<P> kind, P provider) {
    try {
      return Objects.requireNonNull(kind.nameOf().apply(provider), "its name (expected: a String)");
    } catch (Throwable thrown) { // a plugin of another version throws LinkageErrors, too
      throw PluginFailure.of(kind.label(), provider, thrown);
    }
  }

  private static <P> P instantiate(ProviderKind<P> kind, ServiceLoader.Provider<P> candidate) {
    try {
      return candidate.get();
    } catch (ServiceConfigurationError | LinkageError e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "%s provider %s cannot be made: %s (remove its module or repair it)"
              .formatted(kind.label(), Origin.of(candidate.type(), Source.OWN), cause),
          e);
    }
  }
}

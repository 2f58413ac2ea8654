package grpc.kernel.registry;

import grpc.kernel.registry.DiscoveredProvider.Origin;
import grpc.kernel.registry.DiscoveredProvider.Source;
import grpc.kernel.resolver.BuiltInResolvers;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.failure.Reason;
import grpc.spi.health.HealthChecker;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.transport.TransportProvider;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the providers of a runtime; for one thread. */
public final class Discovery {
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  private static final Class<BalancerProvider<?>> BALANCER =
      (Class<BalancerProvider<?>>) (Class<?>) BalancerProvider.class;

  private final ProviderTable<ResolverProvider> resolvers = new ProviderTable<>("resolver");
  private final ProviderTable<BalancerProvider<?>> balancers = new ProviderTable<>("balancer");
  private final ProviderTable<Codec> codecs = new ProviderTable<>("codec");
  private final ProviderTable<Compressor> compressors = new ProviderTable<>("compressor");
  private final ProviderTable<TransportProvider> transports = new ProviderTable<>("transport");
  private final ProviderTable<Observer> observers = new ProviderTable<>("observer");
  private final ProviderTable<HealthChecker> healthCheckers = new ProviderTable<>("health");
  private final boolean childReplaces;

  /**
   * Starts with the kernel's own resolvers.
   *
   * @param childReplaces whether a layer's provider replaces one of its parents' of the same name
   */
  public Discovery(boolean childReplaces) {
    this.childReplaces = childReplaces;
    BuiltInResolvers.ALL.forEach(provider -> add(provider, Source.OWN));
  }

  /** Adds the providers of this layer and of its parents. */
  public void addAll(ModuleLayer layer) {
    load(
        resolvers,
        ServiceLoader.load(layer, ResolverProvider.class),
        layer,
        ResolverProvider::scheme);
    load(balancers, ServiceLoader.load(layer, BALANCER), layer, BalancerProvider::policyName);
    load(codecs, ServiceLoader.load(layer, Codec.class), layer, Codec::name);
    load(compressors, ServiceLoader.load(layer, Compressor.class), layer, Compressor::encoding);
    load(
        transports,
        ServiceLoader.load(layer, TransportProvider.class),
        layer,
        TransportProvider::name);
    load(observers, ServiceLoader.load(layer, Observer.class), layer, Observer::name);
    load(
        healthCheckers,
        ServiceLoader.load(layer, HealthChecker.class),
        layer,
        HealthChecker::protocol);
  }

  /** Adds the providers that this class loader sees. */
  public void addAll(ClassLoader loader) {
    load(
        resolvers,
        ServiceLoader.load(ResolverProvider.class, loader),
        null,
        ResolverProvider::scheme);
    load(balancers, ServiceLoader.load(BALANCER, loader), null, BalancerProvider::policyName);
    load(codecs, ServiceLoader.load(Codec.class, loader), null, Codec::name);
    load(compressors, ServiceLoader.load(Compressor.class, loader), null, Compressor::encoding);
    load(
        transports,
        ServiceLoader.load(TransportProvider.class, loader),
        null,
        TransportProvider::name);
    load(observers, ServiceLoader.load(Observer.class, loader), null, Observer::name);
    load(
        healthCheckers,
        ServiceLoader.load(HealthChecker.class, loader),
        null,
        HealthChecker::protocol);
  }

  /** Adds a resolver that the application hands over. */
  public void add(ResolverProvider provider) {
    add(provider, Source.EXPLICIT);
  }

  /** Adds a balancer that the application hands over. */
  public void add(BalancerProvider<?> provider) {
    add(balancers, provider, BalancerProvider::policyName, Source.EXPLICIT);
  }

  /** Adds a codec that the application hands over. */
  public void add(Codec provider) {
    add(codecs, provider, Codec::name, Source.EXPLICIT);
  }

  /** Adds a compressor that the application hands over. */
  public void add(Compressor provider) {
    add(compressors, provider, Compressor::encoding, Source.EXPLICIT);
  }

  /** Adds a transport that the application hands over. */
  public void add(TransportProvider provider) {
    add(transports, provider, TransportProvider::name, Source.EXPLICIT);
  }

  /** Adds an observer that the application hands over. */
  public void add(Observer provider) {
    add(observers, provider, Observer::name, Source.EXPLICIT);
  }

  /** Adds a health checker that the application hands over. */
  public void add(HealthChecker provider) {
    add(healthCheckers, provider, HealthChecker::protocol, Source.EXPLICIT);
  }

  /** {@return what was collected} */
  public Providers providers() {
    return new Providers(
        resolvers, balancers, codecs, compressors, transports, observers, healthCheckers);
  }

  private void add(ResolverProvider provider, Source source) {
    add(resolvers, provider, ResolverProvider::scheme, source);
  }

  private <P> void add(
      ProviderTable<P> table, P provider, Function<P, String> nameOf, Source source) {
    String name = name(table, provider, nameOf);
    table.add(
        new DiscoveredProvider<>(name, provider, Origin.of(provider.getClass(), source)),
        childReplaces);
  }

  private <P> void load(
      ProviderTable<P> table,
      ServiceLoader<P> loader,
      @Nullable ModuleLayer layer,
      Function<P, String> nameOf) {
    try {
      loader.stream()
          .forEach(candidate -> {
            var provider = instantiate(table, candidate);
            boolean own = layer == null || candidate.type().getModule().getLayer() == layer;
            add(table, provider, nameOf, own ? Source.OWN : Source.PARENT);
          });
    } catch (ServiceConfigurationError | LinkageError e) { // of a service file, or of a class in it
      throw new IllegalStateException(
          "broken %s provider: %s (remove its module or repair it)"
              .formatted(table.kind(), e instanceof LinkageError ? e : Reason.of(e)),
          e);
    }
  }

  private static <P> String name(ProviderTable<P> table, P provider, Function<P, String> nameOf) {
    try {
      return Objects.requireNonNull(nameOf.apply(provider), "its name (expected: a String)");
    } catch (Throwable thrown) { // a plugin of another version throws LinkageErrors, too
      throw PluginFailure.of(table.kind(), provider, thrown);
    }
  }

  private static <P> P instantiate(ProviderTable<P> table, ServiceLoader.Provider<P> candidate) {
    try {
      return candidate.get();
    } catch (ServiceConfigurationError | LinkageError e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "%s provider %s cannot be made: %s (remove its module or repair it)"
              .formatted(table.kind(), Origin.of(candidate.type(), Source.OWN), cause),
          e);
    }
  }
}

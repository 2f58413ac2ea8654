package grpc.kernel.registry;

import grpc.kernel.info.ProviderInfo.Kind;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.health.HealthChecker;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.transport.TransportProvider;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A kind of provider. A new kind is one constant here, and a {@code uses} in the module-info.
 *
 * @param kind its name for listings
 * @param service the type that ServiceLoader finds
 * @param nameOf reads a provider's name among those of its kind
 * @param <P> the service's type
 */
public record ProviderKind<P>(Kind kind, Class<P> service, Function<P, String> nameOf) {
  /** Resolvers, by scheme. */
  public static final ProviderKind<ResolverProvider> RESOLVER =
      new ProviderKind<>(Kind.RESOLVER, ResolverProvider.class, ResolverProvider::scheme);

  /** Balancing policies, by name. */
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  public static final ProviderKind<BalancerProvider<?>> BALANCER =
      new ProviderKind<>(
          Kind.BALANCER,
          (Class<BalancerProvider<?>>) (Class<?>) BalancerProvider.class,
          BalancerProvider::policyName);

  /** Codecs, by name. */
  public static final ProviderKind<Codec> CODEC =
      new ProviderKind<>(Kind.CODEC, Codec.class, Codec::name);

  /** Compressors, by encoding. */
  public static final ProviderKind<Compressor> COMPRESSOR =
      new ProviderKind<>(Kind.COMPRESSOR, Compressor.class, Compressor::encoding);

  /** Transports, by name. */
  public static final ProviderKind<TransportProvider> TRANSPORT =
      new ProviderKind<>(Kind.TRANSPORT, TransportProvider.class, TransportProvider::name);

  /** Observers, by name. */
  public static final ProviderKind<Observer> OBSERVER =
      new ProviderKind<>(Kind.OBSERVER, Observer.class, Observer::name);

  /** Health checkers, by protocol. */
  public static final ProviderKind<HealthChecker> HEALTH =
      new ProviderKind<>(Kind.HEALTH, HealthChecker.class, HealthChecker::protocol);

  /** All kinds, in the order of listings. */
  public static final List<ProviderKind<?>> ALL =
      List.of(RESOLVER, BALANCER, CODEC, COMPRESSOR, TRANSPORT, OBSERVER, HEALTH);

  /** {@return the kind's name in messages} */
  public String label() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}

package grpc.kernel.registry;

import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.health.HealthChecker;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.TransportProvider;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a runtime is made of. Each {@code require} method fails with an {@link
 * IllegalStateException} that names the module to add.
 */
public final class Providers {
  /** The protocol of gRPC's health checking document, the one that service configs mean. */
  private static final String HEALTH_PROTOCOL = "grpc.health.v1";

  /** What people write before a host and port who take a target for a URL. */
  private static final Set<String> URL_SCHEMES =
      Set.of("http", "https", "grpc", "grpcs", "h2", "h2c", "tcp", "tls", "ws", "wss");

  private final ProviderTable<ResolverProvider> resolvers;
  private final ProviderTable<BalancerProvider<?>> balancers;
  private final ProviderTable<Codec> codecs;
  private final ProviderTable<Compressor> compressors;
  private final ProviderTable<TransportProvider> transports;
  private final ProviderTable<Observer> observers;
  private final ProviderTable<HealthChecker> healthCheckers;
  private final String acceptEncoding;

  Providers(
      ProviderTable<ResolverProvider> resolvers,
      ProviderTable<BalancerProvider<?>> balancers,
      ProviderTable<Codec> codecs,
      ProviderTable<Compressor> compressors,
      ProviderTable<TransportProvider> transports,
      ProviderTable<Observer> observers,
      ProviderTable<HealthChecker> healthCheckers) {
    this.resolvers = resolvers;
    this.balancers = balancers;
    this.codecs = codecs;
    this.compressors = compressors;
    this.transports = transports;
    this.observers = observers;
    this.healthCheckers = healthCheckers;
    this.acceptEncoding = String.join(",", new TreeSet<>(compressors.names()));
  }

  /** {@return the seven tables} */
  public List<ProviderTable<?>> tables() {
    return List.of(
        resolvers, balancers, codecs, compressors, transports, observers, healthCheckers);
  }

  /** {@return the resolvers} */
  public ProviderTable<ResolverProvider> resolvers() {
    return resolvers;
  }

  /** {@return the balancers} */
  public ProviderTable<BalancerProvider<?>> balancers() {
    return balancers;
  }

  /** {@return the observers} */
  public ProviderTable<Observer> observers() {
    return observers;
  }

  /** {@return the codecs} */
  public ProviderTable<Codec> codecs() {
    return codecs;
  }

  /**
   * {@return the {@code grpc-accept-encoding} of this runtime, empty where it has no compressor}
   */
  public String acceptEncoding() {
    return acceptEncoding;
  }

  /**
   * {@return the resolver provider of this scheme}
   *
   * @throws IllegalArgumentException when there is none, and the scheme is that of a URL
   */
  public ResolverProvider requireResolver(String scheme) {
    return resolvers
        .find(scheme)
        .orElseThrow(() -> {
          if (URL_SCHEMES.contains(scheme)) {
            return new IllegalArgumentException(
                "target with \"%s://\": a target is no URL (expected: host:port)"
                    .formatted(scheme));
          }
          return ModuleHints.of(resolvers, "no resolver for scheme '" + scheme + "'", scheme);
        });
  }

  /** {@return the balancer provider of this policy} */
  public BalancerProvider<?> requireBalancer(String policy) {
    return balancers
        .find(policy)
        .orElseThrow(
            () -> ModuleHints.of(balancers, "no balancer for policy '" + policy + "'", policy));
  }

  /** {@return the module that has the policy, whether it is here or not; empty if none is known} */
  public static Optional<String> moduleOfPolicy(String policy) {
    return ModuleHints.moduleOfPolicy(policy);
  }

  /** {@return the codec of this name} */
  public Codec requireCodec(String name) {
    return codecs
        .find(name)
        .orElseThrow(() -> ModuleHints.of(codecs, "no codec '" + name + "'", name));
  }

  /** {@return the compressor of this encoding} */
  public Compressor requireCompressor(String encoding) {
    return compressors
        .find(encoding)
        .orElseThrow(
            () -> ModuleHints.of(compressors, "no compressor for '" + encoding + "'", encoding));
  }

  /** {@return the compressor of this encoding; empty where there is none, also for identity} */
  public Optional<Compressor> compressor(String encoding) {
    return encoding.equals(RequestHeaders.IDENTITY) ? Optional.empty() : compressors.find(encoding);
  }

  /** {@return what asks connections for their health} */
  public HealthChecker requireHealthChecker() {
    return healthCheckers
        .find(HEALTH_PROTOCOL)
        .orElseThrow(() ->
            ModuleHints.of(
                healthCheckers, "no checker of '" + HEALTH_PROTOCOL + "'", HEALTH_PROTOCOL));
  }

  /**
   * {@return the transport for this address}
   *
   * @param name the transport's name, where the application chose one
   */
  public TransportProvider requireTransport(SocketAddress address, Optional<String> name) {
    if (name.isPresent()) {
      return transports
          .find(name.get())
          .orElseThrow(
              () -> ModuleHints.of(transports, "no transport '" + name.get() + "'", name.get()));
    }
    var able = transports.all().stream().filter(f -> supports(f, address)).toList();
    return switch (able.size()) {
      case 1 -> able.getFirst().provider();
      case 0 ->
          throw ModuleHints.of(
              transports,
              "no transport for address %s (%s)"
                  .formatted(address, address.getClass().getSimpleName()),
              ModuleHints.transportFor(address));
      default ->
          throw new IllegalStateException(
              "several transports for address %s: %s (expected: one, or a choice by name)"
                  .formatted(
                      address, able.stream().map(f -> f.name() + ", " + f.origin()).toList()));
    };
  }

  private static boolean supports(
      DiscoveredProvider<TransportProvider> found, SocketAddress address) {
    try {
      return found.provider().supports(address);
    } catch (Throwable thrown) {
      throw PluginFailure.of("transport", found.provider(), thrown);
    }
  }
}

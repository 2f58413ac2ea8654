package grpc.kernel.registry;

import grpc.kernel.info.ProviderInfo.Kind;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.health.HealthChecker;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.TransportProvider;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The providers of a runtime. Each {@code require} method fails with an {@link
 * IllegalStateException} that names the module to add.
 */
public final class Providers {
  /** The protocol of gRPC's health checking document, the one that service configs mean. */
  private static final String HEALTH_PROTOCOL = "grpc.health.v1";

  /** Schemes of URLs, which some users write before a host and port. */
  private static final Set<String> URL_SCHEMES =
      Set.of("http", "https", "grpc", "grpcs", "h2", "h2c", "tcp", "tls", "ws", "wss");

  private final Map<Kind, ProviderTable<?>> tables = new EnumMap<>(Kind.class);
  private String acceptEncoding = "";

  Providers() {
    ProviderKind.ALL.forEach(kind -> tables.put(kind.kind(), new ProviderTable<>(kind)));
  }

  /** All providers are there; none is added from now on. */
  Providers complete() {
    acceptEncoding = String.join(",", new TreeSet<>(table(ProviderKind.COMPRESSOR).names()));
    return this;
  }

  /** {@return the tables of all kinds} */
  public Collection<ProviderTable<?>> tables() {
    return tables.values();
  }

  /** {@return the providers of a kind} */
  @SuppressWarnings("unchecked") // each table is put under its own kind
  public <P> ProviderTable<P> table(ProviderKind<P> kind) {
    return (ProviderTable<P>) Objects.requireNonNull(tables.get(kind.kind()));
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
    return table(ProviderKind.RESOLVER)
        .find(scheme)
        .orElseThrow(() -> {
          if (URL_SCHEMES.contains(scheme)) {
            return new IllegalArgumentException(
                "target with \"%s://\": a target is no URL (expected: host:port)"
                    .formatted(scheme));
          }
          return missing(ProviderKind.RESOLVER, "no resolver for scheme '" + scheme + "'", scheme);
        });
  }

  /** {@return the balancer provider of this policy} */
  public BalancerProvider<?> requireBalancer(String policy) {
    return table(ProviderKind.BALANCER)
        .find(policy)
        .orElseThrow(() ->
            missing(ProviderKind.BALANCER, "no balancer for policy '" + policy + "'", policy));
  }

  /** {@return the module that has the policy, whether it is here or not; empty if none is known} */
  public static Optional<String> moduleOfPolicy(String policy) {
    return ModuleHints.moduleOfPolicy(policy);
  }

  /** {@return the codec of this name} */
  public Codec requireCodec(String name) {
    return table(ProviderKind.CODEC)
        .find(name)
        .orElseThrow(() -> missing(ProviderKind.CODEC, "no codec '" + name + "'", name));
  }

  /** {@return the compressor of this encoding} */
  public Compressor requireCompressor(String encoding) {
    return table(ProviderKind.COMPRESSOR)
        .find(encoding)
        .orElseThrow(() ->
            missing(ProviderKind.COMPRESSOR, "no compressor for '" + encoding + "'", encoding));
  }

  /** {@return the compressor of this encoding; empty where there is none, also for identity} */
  public Optional<Compressor> compressor(String encoding) {
    return encoding.equals(RequestHeaders.IDENTITY)
        ? Optional.empty()
        : table(ProviderKind.COMPRESSOR).find(encoding);
  }

  /** {@return the checker of connections' health} */
  public HealthChecker requireHealthChecker() {
    return table(ProviderKind.HEALTH)
        .find(HEALTH_PROTOCOL)
        .orElseThrow(() ->
            missing(
                ProviderKind.HEALTH, "no checker of '" + HEALTH_PROTOCOL + "'", HEALTH_PROTOCOL));
  }

  /**
   * {@return the transport for this address}
   *
   * @param name the transport's name, where the application chose one
   */
  public TransportProvider requireTransport(SocketAddress address, Optional<String> name) {
    if (name.isPresent()) {
      return table(ProviderKind.TRANSPORT)
          .find(name.get())
          .orElseThrow(() ->
              missing(ProviderKind.TRANSPORT, "no transport '" + name.get() + "'", name.get()));
    }
    var able =
        table(ProviderKind.TRANSPORT).all().stream().filter(f -> supports(f, address)).toList();
    return switch (able.size()) {
      case 1 -> able.getFirst().provider();
      case 0 -> throw ModuleHints.ofAddress(table(ProviderKind.TRANSPORT), address);
      default ->
          throw new IllegalStateException(
              "several transports for address %s: %s (expected: one, or a choice by name)"
                  .formatted(
                      address, able.stream().map(f -> f.name() + ", " + f.origin()).toList()));
    };
  }

  private MissingProvider missing(ProviderKind<?> kind, String what, String name) {
    return ModuleHints.of(table(kind), what, name);
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

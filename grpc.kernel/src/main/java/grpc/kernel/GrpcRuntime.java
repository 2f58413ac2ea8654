package grpc.kernel;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.kernel.check.RuntimeCheck;
import grpc.kernel.info.Finding;
import grpc.kernel.info.ProviderInfo;
import grpc.kernel.registry.DiscoveredProvider;
import grpc.kernel.registry.Discovery;
import grpc.kernel.registry.ProviderKind;
import grpc.kernel.registry.ProviderTable;
import grpc.kernel.registry.Providers;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.health.HealthChecker;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.transport.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The providers that channels and servers are made from: those of a module layer or class loader,
 * and those that the application adds. Immutable; any number of runtimes live side by side.
 */
public final class GrpcRuntime {
  private static final SystemRuntime SYSTEM = new SystemRuntime();

  private final Providers providers;

  private GrpcRuntime(Providers providers) {
    this.providers = providers;
  }

  /**
   * {@return the runtime of the layer that this module is in, made when first asked for; on the
   * class path, of its class loader}
   *
   * @throws IllegalStateException when providers contradict each other, or one cannot be made; each
   *     call looks again until one succeeds
   */
  public static GrpcRuntime system() {
    return SYSTEM.get();
  }

  /**
   * {@return the runtime of this layer and its parents} A name in both the layer and a parent is an
   * error; see {@link Builder#childReplacesParent}.
   *
   * @throws IllegalStateException when providers contradict each other, or one cannot be made
   */
  public static GrpcRuntime of(ModuleLayer layer) {
    return builder().layer(layer).build();
  }

  /**
   * {@return the runtime of what this class loader sees}
   *
   * @throws IllegalStateException when providers contradict each other, or one cannot be made
   */
  public static GrpcRuntime of(ClassLoader loader) {
    return builder().classLoader(loader).build();
  }

  /** {@return a builder of a runtime that has the kernel's own resolvers and nothing else} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return all providers, kind by kind, in the order in which they were found} */
  public List<ProviderInfo> providers() {
    var infos = new ArrayList<ProviderInfo>();
    for (ProviderTable<?> table : providers.tables()) {
      var kind = table.kind().kind();
      for (DiscoveredProvider<?> found : table.all()) {
        var origin = found.origin();
        infos.add(
            new ProviderInfo(
                kind, found.name(), origin.module(), origin.version(), origin.location()));
      }
    }
    return List.copyOf(infos);
  }

  /**
   * {@return all that this runtime lacks for a channel to this target, and all that is malformed;
   * empty if all is well} No channel is opened, and no server is asked.
   *
   * @param target the channel's target
   * @param serviceConfigJson the service config (A2) that it would have; {@code {}} for none
   */
  public List<Finding> check(String target, String serviceConfigJson) {
    var check = new RuntimeCheck(providers);
    check.target(target);
    check.serviceConfig(serviceConfigJson);
    return check.findings();
  }

  /**
   * {@return why this runtime cannot make calls of these methods with these options: codecs that it
   * lacks or that cannot carry the messages, and a compressor that it lacks; empty if it can} The
   * calls throw an {@link IllegalStateException} with the same message.
   */
  public List<Finding> check(CallOptions options, MethodDescriptor<?, ?>... methods) {
    var check = new RuntimeCheck(providers);
    check.calls(options, List.of(methods));
    return check.findings();
  }

  Providers registry() {
    return providers;
  }

  @Override
  public String toString() {
    return "GrpcRuntime" + providers().stream().map(i -> i.kind() + " " + i.name()).toList();
  }

  /**
   * Collects what a runtime is made of. A provider that is added replaces a found one of its name.
   */
  public static final class Builder {
    private final List<Consumer<Discovery>> found = new ArrayList<>();
    private final List<Consumer<Discovery>> added = new ArrayList<>();
    private boolean childReplaces;

    private Builder() {}

    /** Takes the providers of this layer and of its parents. */
    public Builder layer(ModuleLayer layer) {
      found.add(d -> d.addAll(layer));
      return this;
    }

    /** Takes the providers that this class loader sees. */
    public Builder classLoader(ClassLoader loader) {
      found.add(d -> d.addAll(loader));
      return this;
    }

    /** Lets a layer's provider replace one of the same name in a parent layer. */
    public Builder childReplacesParent() {
      childReplaces = true;
      return this;
    }

    /** Adds a resolver. */
    public Builder add(ResolverProvider provider) {
      added.add(d -> d.add(ProviderKind.RESOLVER, provider));
      return this;
    }

    /** Adds a balancer. */
    public Builder add(BalancerProvider<?> provider) {
      added.add(d -> d.add(ProviderKind.BALANCER, provider));
      return this;
    }

    /** Adds a codec. */
    public Builder add(Codec provider) {
      added.add(d -> d.add(ProviderKind.CODEC, provider));
      return this;
    }

    /** Adds a compressor. */
    public Builder add(Compressor provider) {
      added.add(d -> d.add(ProviderKind.COMPRESSOR, provider));
      return this;
    }

    /** Adds a transport. */
    public Builder add(TransportProvider provider) {
      added.add(d -> d.add(ProviderKind.TRANSPORT, provider));
      return this;
    }

    /** Adds an observer. */
    public Builder add(Observer observer) {
      added.add(d -> d.add(ProviderKind.OBSERVER, observer));
      return this;
    }

    /** Adds a health checker. */
    public Builder add(HealthChecker provider) {
      added.add(d -> d.add(ProviderKind.HEALTH, provider));
      return this;
    }

    /**
     * {@return the runtime}
     *
     * @throws IllegalStateException when providers contradict each other, or one cannot be made;
     *     the message names them with their modules
     */
    public GrpcRuntime build() {
      var discovery = new Discovery(childReplaces);
      found.forEach(step -> step.accept(discovery));
      added.forEach(step -> step.accept(discovery));
      return new GrpcRuntime(discovery.providers());
    }
  }
}

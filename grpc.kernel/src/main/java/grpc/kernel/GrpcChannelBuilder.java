package grpc.kernel;

import grpc.api.CallCredentials;
import grpc.api.CallOptions;
import grpc.api.ClientInterceptor;
import grpc.api.SecurityLevel;
import grpc.kernel.call.InterceptedChannel;
import grpc.kernel.call.UninterceptedChannel;
import grpc.kernel.channel.ChannelCore;
import grpc.kernel.channel.EventThreads;
import grpc.kernel.channel.TargetParser;
import grpc.kernel.observe.Observers;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.registry.ProviderKind;
import grpc.kernel.resolver.AddressResolverProvider;
import grpc.kernel.retry.RetrySettings;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.kernel.serviceconfig.ServiceConfigParser;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.failure.Reason;
import grpc.spi.observe.Observer;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.spi.transport.Keepalive;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Collects the choices for one channel; for one thread. */
public final class GrpcChannelBuilder {
  private final String target;
  private final ChannelSecurity security;
  private final List<ResolverProvider> resolvers = new ArrayList<>();
  private final List<ClientInterceptor> interceptors = new ArrayList<>();
  private final List<Observer> observers = new ArrayList<>();
  private Optional<GrpcRuntime> runtime = Optional.empty();
  private CallOptions limits = CallOptions.DEFAULT;
  private CallOptions defaults = CallOptions.DEFAULT;
  private Optional<CallCredentials> callCredentials = Optional.empty();
  private Optional<String> authority = Optional.empty();
  private Optional<String> serviceConfigJson = Optional.empty();
  private Optional<String> transport = Optional.empty();
  private boolean resolverConfig = true;
  private boolean healthChecks = true;
  private String userAgent = "";
  private String policy = ChannelSettings.DEFAULT_POLICY;
  private int maxHeaderListSize = 8 * 1024;
  private Optional<Keepalive> keepalive = Optional.empty();
  private Duration idleTimeout = Duration.ofMinutes(30);
  private RetrySettings retries = RetrySettings.DEFAULT;

  GrpcChannelBuilder(String target, ChannelSecurity security) {
    this.target = target;
    this.security = security;
  }

  GrpcChannelBuilder(SocketAddress address, ChannelSecurity security) {
    this.security = security;
    var provider = new AddressResolverProvider(address);
    this.target = provider.scheme() + ":" + address.toString().replace("%", "%25");
    resolvers.add(provider);
  }

  /** Takes the providers of this runtime, in place of {@link GrpcRuntime#system}. */
  public GrpcChannelBuilder runtime(GrpcRuntime runtime) {
    this.runtime = Optional.of(runtime);
    return this;
  }

  /** Adds a resolver for this channel alone; it goes before the runtime's of the same scheme. */
  public GrpcChannelBuilder resolver(ResolverProvider resolver) {
    resolvers.add(Objects.requireNonNull(resolver, "resolver"));
    return this;
  }

  /** Adds interceptors; the first one added is the outermost. */
  public GrpcChannelBuilder intercept(ClientInterceptor... added) {
    for (var interceptor : added) {
      interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
    }
    return this;
  }

  /** Adds an observer of the channel's calls and connections, after the runtime's observers. */
  public GrpcChannelBuilder observe(Observer observer) {
    observers.add(Objects.requireNonNull(observer, "observer"));
    return this;
  }

  /**
   * Chooses the options of calls that leave them open. If this builder's own limits for messages
   * are chosen, they go before those of the options.
   */
  public GrpcChannelBuilder defaultOptions(CallOptions defaults) {
    this.defaults = Objects.requireNonNull(defaults, "options (for none: CallOptions.DEFAULT)");
    return this;
  }

  /**
   * Adds these credentials to the channel's calls, besides those that a call's own options have
   * ({@link CallOptions#withCallCredentials}). They go with the calls, too, that policies and
   * health checks make on a single connection.
   *
   * <p>A plaintext channel refuses them when it is opened, unless they require no protection. On a
   * transport that protects plaintext by itself, as {@code inprocess} does, give them to the calls.
   */
  public GrpcChannelBuilder callCredentials(CallCredentials credentials) {
    this.callCredentials = Optional.of(credentials);
    return this;
  }

  /**
   * Sends this {@code :authority} in place of the target's.
   *
   * @throws IllegalArgumentException as {@link CallOptions#withAuthority} does
   */
  public GrpcChannelBuilder authority(String override) {
    this.authority = CallOptions.DEFAULT.withAuthority(override).authority();
    return this;
  }

  /**
   * Puts this before the runtime's own {@code user-agent}, without the white space around it.
   *
   * @throws IllegalArgumentException when it has other than printable ASCII characters, which no
   *     server takes
   */
  public GrpcChannelBuilder userAgent(String application) {
    var name = application.strip();
    if (!name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "user-agent \"%s\" (expected: printable ASCII characters, such as \"shop/1.2\")"
              .formatted(name.replaceAll("[^ -~]", "?")));
    }
    this.userAgent = name.isEmpty() ? "" : name + " ";
    return this;
  }

  /** Gives the service config (A2) that holds where the resolver brings none. */
  public GrpcChannelBuilder defaultServiceConfig(String json) {
    this.serviceConfigJson = Optional.of(json);
    return this;
  }

  /**
   * Ignores service configs of the resolver; the default one holds, if you give one. Otherwise the
   * administrator of the name may set a policy, retries or timeouts.
   */
  public GrpcChannelBuilder ignoreResolverServiceConfig() {
    this.resolverConfig = false;
    return this;
  }

  /**
   * Takes every connection for healthy, even where the service config has a {@code
   * healthCheckConfig} (A17).
   */
  public GrpcChannelBuilder disableHealthChecks() {
    this.healthChecks = false;
    return this;
  }

  /** Chooses the policy where no service config names one; {@code pick_first} unless chosen. */
  public GrpcChannelBuilder balancingPolicy(String policyName) {
    this.policy = Objects.requireNonNull(policyName, "policyName");
    return this;
  }

  /** Chooses the transport by name, for addresses that several support. */
  public GrpcChannelBuilder transport(String name) {
    this.transport = Optional.of(name);
    return this;
  }

  /** Accepts responses of at most so many bytes, uncompressed; 4 MiB unless chosen. */
  public GrpcChannelBuilder maxReceiveMessageSize(int bytes) {
    limits = limits.withMaxReceiveMessageSize(bytes);
    return this;
  }

  /** Sends requests of at most so many bytes, uncompressed; no limit unless chosen. */
  public GrpcChannelBuilder maxSendMessageSize(int bytes) {
    limits = limits.withMaxSendMessageSize(bytes);
    return this;
  }

  /**
   * Accepts response headers of at most so many bytes, Σ(name + value + 32); 8 KiB unless chosen.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public GrpcChannelBuilder maxHeaderListSize(int bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("maxHeaderListSize: " + bytes + " (expected: 1 or more)");
    }
    this.maxHeaderListSize = bytes;
    return this;
  }

  /**
   * Pings silent connections, and closes them if they stay silent (gRFC A8); off unless chosen. A
   * time of less than 10 s counts as 10 s. Servers end connections that ping more often than they
   * permit, by default every five minutes: ask the operators of the server. The channel then pings
   * half as often.
   */
  public GrpcChannelBuilder keepalive(Keepalive pings) {
    this.keepalive = Optional.of(pings.forClient());
    return this;
  }

  /**
   * Lets go of all connections after this time without calls, until the next one; 30 minutes unless
   * chosen, at most a quarter later. {@link Duration#ZERO} keeps them always.
   *
   * @throws IllegalArgumentException when it is negative, or shorter than a second
   */
  public GrpcChannelBuilder idleTimeout(Duration timeout) {
    if (!timeout.isZero() && timeout.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "idleTimeout: " + timeout + " (expected: a second or more, or ZERO for never)");
    }
    this.idleTimeout = timeout;
    return this;
  }

  /**
   * Follows the retry and hedging policies of service configs (A6), or does not; it does unless
   * chosen. A request that no server has seen is repeated either way.
   */
  public GrpcChannelBuilder retry(boolean follow) {
    this.retries = retries.withEnabled(follow);
    return this;
  }

  /**
   * Keeps at most so many bytes of one call's requests, to send them again; 256 KiB unless chosen.
   * A call that sends more goes on and is not retried. The request of a unary call that is not
   * hedged is not kept but marshalled again.
   *
   * @throws IllegalArgumentException if the limit is negative
   */
  public GrpcChannelBuilder retryBufferPerCall(long bytes) {
    this.retries = retries.withBytesPerCall(bytes);
    return this;
  }

  /**
   * Keeps at most so many bytes of requests of all this channel's calls, to send them again; 16 MiB
   * unless chosen. While that is used up, calls go on and are not retried.
   *
   * @throws IllegalArgumentException if the limit is negative
   */
  public GrpcChannelBuilder retryBuffer(long bytes) {
    this.retries = retries.withBytesPerChannel(bytes);
    return this;
  }

  /**
   * {@return the channel, which connects with the first call}
   *
   * @throws IllegalArgumentException when the target or the service config is malformed, the chosen
   *     policy demands a configuration, or a plaintext channel has call credentials that require
   *     more; the message says what was expected
   * @throws IllegalStateException when the runtime lacks a module that the target or the policy
   *     needs; the message names it
   */
  public GrpcChannel open() {
    callCredentials.ifPresent(this::requireProtected);
    var providers = runtime.orElseGet(GrpcRuntime::system).registry();
    var schemes = new HashSet<>(providers.table(ProviderKind.RESOLVER).names());
    resolvers.forEach(r -> schemes.add(r.scheme()));
    var parsed = TargetParser.parse(target, schemes);
    var resolver =
        resolvers.stream()
            .filter(r -> r.scheme().equals(parsed.scheme()))
            .findFirst()
            .orElseGet(() -> providers.requireResolver(parsed.scheme()));
    var parser = new ServiceConfigParser(providers.table(ProviderKind.BALANCER)::find);
    var core =
        core(
            schemes,
            ChannelSettings.builder(providers, parsed, resolver, security, EventThreads.SHARED)
                .callCredentials(callCredentials)
                .authority(authority.orElseGet(() -> authority(resolver, parsed)))
                .userAgent(userAgent + "grpc-java-tenon")
                .config(serviceConfigJson.map(json -> config(parser, json)))
                .resolverConfig(resolverConfig)
                .healthChecks(healthChecks)
                .policy(policy)
                .transport(transport)
                .maxHeaderListSize(maxHeaderListSize)
                .keepalive(keepalive)
                .idleTimeout(idleTimeout)
                .observers(Observers.of(providers, observers))
                .build());
    return new GrpcChannel(
        core,
        InterceptedChannel.chain(
            interceptors,
            new UninterceptedChannel(core.environment(), limits.orElse(defaults), retries)));
  }

  private ChannelCore core(Set<String> schemes, ChannelSettings settings) {
    try {
      return new ChannelCore(settings, UninterceptedChannel::direct);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Reason.of(e) + TargetParser.hint(target, schemes), e);
    }
  }

  /** A secret that no connection of the channel protects is refused before the first call. */
  private void requireProtected(CallCredentials credentials) {
    var required = credentials.requiredSecurity();
    if (security.equals(ChannelSecurity.PLAINTEXT) && !SecurityLevel.NONE.satisfies(required)) {
      throw new IllegalArgumentException(
          "call credentials %s require %s, and ChannelCredentials.plaintext() gives NONE (expected: channel credentials that protect the connections, or credentials that override requiredSecurity() because they add no secret)"
              .formatted(credentials.getClass().getName(), required));
    }
  }

  /** A resolver of somebody else's may name one that cannot be sent. */
  private static String authority(ResolverProvider resolver, Target target) {
    var chosen = resolver.authority(target);
    try {
      return CallOptions.DEFAULT.withAuthority(chosen).authority().orElseThrow();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "target \"%s\": its resolver %s gives it a bad authority: %s"
              .formatted(target, resolver.getClass().getName(), Reason.of(e)),
          e);
    }
  }

  private static ServiceConfig config(ServiceConfigParser parser, String json) {
    try {
      return parser.parse(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("default service config: " + Reason.of(e), e);
    }
  }

  @Override
  public String toString() {
    return "GrpcChannelBuilder[" + target + "]";
  }
}

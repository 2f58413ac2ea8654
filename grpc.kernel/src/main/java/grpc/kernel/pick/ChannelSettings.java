package grpc.kernel.pick;

import grpc.api.CallCredentials;
import grpc.kernel.observe.Observers;
import grpc.kernel.registry.Providers;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.kernel.time.Clock;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.spi.transport.Keepalive;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The settings of a channel. {@link #builder} makes them.
 *
 * @param providers the runtime's
 * @param target its target
 * @param resolver resolves the target
 * @param security the channel's credentials
 * @param callCredentials the credentials of all calls, if the channel has any
 * @param authority the {@code :authority}
 * @param userAgent the {@code user-agent}
 * @param config the service config where the resolver has none
 * @param resolverConfig whether a service config of the resolver counts
 * @param healthChecks whether connections are asked for their health where the config says so (A17)
 * @param policy the balancing policy where no service config names one
 * @param transport the transport's name, where chosen
 * @param maxHeaderListSize the limit for response headers
 * @param keepalive how connections find out that their server is gone
 * @param idleTimeout after how long without calls the channel lets go of its connections; zero for
 *     never
 * @param observers observe calls and connections
 * @param clock time
 * @param executor runs the channel's events
 */
public record ChannelSettings(
    Providers providers,
    Target target,
    ResolverProvider resolver,
    ChannelSecurity security,
    Optional<CallCredentials> callCredentials,
    String authority,
    String userAgent,
    ServiceConfig config,
    boolean resolverConfig,
    boolean healthChecks,
    String policy,
    Optional<String> transport,
    int maxHeaderListSize,
    Optional<Keepalive> keepalive,
    Duration idleTimeout,
    Observers observers,
    Clock clock,
    Executor executor) {
  /** The balancing policy of a channel that chooses none. */
  public static final String DEFAULT_POLICY = "pick_first";

  /** {@return whether the application has given a service config, even an empty one} */
  @SuppressWarnings("ReferenceEquality") // one that it gave is another, even where it says nothing
  public boolean hasDefaultConfig() {
    return config != ServiceConfig.EMPTY;
  }

  /** {@return the same without observers of calls and connections} */
  public ChannelSettings unobserved() {
    return new Builder(this).observers(Observers.NONE).build();
  }

  /**
   * {@return a builder of settings; what it does not choose is as a channel's builder has it}
   *
   * @param executor runs the channel's events
   */
  public static Builder builder(
      Providers providers,
      Target target,
      ResolverProvider resolver,
      ChannelSecurity security,
      Executor executor) {
    return new Builder(
        new ChannelSettings(
            providers,
            target,
            resolver,
            security,
            Optional.empty(),
            target.endpoint(),
            "",
            ServiceConfig.EMPTY,
            true,
            true,
            DEFAULT_POLICY,
            Optional.empty(),
            8 * 1024,
            Optional.empty(),
            Duration.ofMinutes(30),
            Observers.NONE,
            Clock.SYSTEM,
            executor));
  }

  /** Changes settings by name; for one thread. */
  public static final class Builder {
    private final Providers providers;
    private final Target target;
    private final ResolverProvider resolver;
    private final ChannelSecurity security;
    private final Executor executor;
    private Optional<CallCredentials> callCredentials;
    private String authority;
    private String userAgent;
    private ServiceConfig config;
    private boolean resolverConfig;
    private boolean healthChecks;
    private String policy;
    private Optional<String> transport;
    private int maxHeaderListSize;
    private Optional<Keepalive> keepalive;
    private Duration idleTimeout;
    private Observers observers;
    private Clock clock;

    private Builder(ChannelSettings from) {
      this.providers = from.providers;
      this.target = from.target;
      this.resolver = from.resolver;
      this.security = from.security;
      this.callCredentials = from.callCredentials;
      this.authority = from.authority;
      this.userAgent = from.userAgent;
      this.config = from.config;
      this.resolverConfig = from.resolverConfig;
      this.healthChecks = from.healthChecks;
      this.policy = from.policy;
      this.transport = from.transport;
      this.maxHeaderListSize = from.maxHeaderListSize;
      this.keepalive = from.keepalive;
      this.idleTimeout = from.idleTimeout;
      this.observers = from.observers;
      this.clock = from.clock;
      this.executor = from.executor;
    }

    /** Sets the credentials of all calls; none unless chosen. */
    public Builder callCredentials(Optional<CallCredentials> callCredentials) {
      this.callCredentials = callCredentials;
      return this;
    }

    /** Sets the {@code :authority}; the target's endpoint unless chosen. */
    public Builder authority(String authority) {
      this.authority = authority;
      return this;
    }

    /** Sets the {@code user-agent}; empty unless chosen. */
    public Builder userAgent(String userAgent) {
      this.userAgent = userAgent;
      return this;
    }

    /** Sets the service config for a resolver without one; none unless chosen. */
    public Builder config(Optional<ServiceConfig> config) {
      this.config = config.orElse(ServiceConfig.EMPTY);
      return this;
    }

    /** Follows the service configs of the resolver, or does not; true unless chosen. */
    public Builder resolverConfig(boolean resolverConfig) {
      this.resolverConfig = resolverConfig;
      return this;
    }

    /** Checks the health of connections if the config says so (A17); true unless chosen. */
    public Builder healthChecks(boolean healthChecks) {
      this.healthChecks = healthChecks;
      return this;
    }

    /** Sets the policy if no service config names one; pick_first unless chosen. */
    public Builder policy(String policy) {
      this.policy = policy;
      return this;
    }

    /** Sets the name of the transport; the one that supports the address unless chosen. */
    public Builder transport(Optional<String> transport) {
      this.transport = transport;
      return this;
    }

    /** Sets the limit for response headers in bytes; 8 KiB unless chosen. */
    public Builder maxHeaderListSize(int maxHeaderListSize) {
      this.maxHeaderListSize = maxHeaderListSize;
      return this;
    }

    /** Sets the keepalive; none unless chosen. */
    public Builder keepalive(Optional<Keepalive> keepalive) {
      this.keepalive = keepalive;
      return this;
    }

    /** Sets the time without calls before connections are closed; zero for never. */
    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = idleTimeout;
      return this;
    }

    /** Sets the observers of calls and connections; none unless chosen. */
    public Builder observers(Observers observers) {
      this.observers = observers;
      return this;
    }

    /** Sets the clock; the system's unless chosen. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** {@return the settings} */
    public ChannelSettings build() {
      return new ChannelSettings(
          providers,
          target,
          resolver,
          security,
          callCredentials,
          authority,
          userAgent,
          config,
          resolverConfig,
          healthChecks,
          policy,
          transport,
          maxHeaderListSize,
          keepalive,
          idleTimeout,
          observers,
          clock,
          executor);
    }
  }
}

package grpc.kernel.pick;

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
 * What a channel is made from.
 *
 * @param providers the runtime's
 * @param target whom it calls
 * @param resolver what resolves the target
 * @param security the channel's credentials
 * @param authority the {@code :authority}
 * @param userAgent the {@code user-agent}
 * @param config the service config where the resolver has none
 * @param resolverConfig whether a service config of the resolver is heeded
 * @param healthChecks whether connections are asked for their health where the config says so (A17)
 * @param policy the balancing policy where no service config names one
 * @param transport the transport's name, where chosen
 * @param maxHeaderListSize the limit for response headers
 * @param keepalive how connections find out that their server is gone
 * @param idleTimeout after how long without calls the channel lets go of its connections; zero for
 *     never
 * @param observers what hears of calls and connections
 * @param clock time
 * @param executor runs the channel's events
 */
public record ChannelSettings(
    Providers providers,
    Target target,
    ResolverProvider resolver,
    ChannelSecurity security,
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
  /** {@return whether the application has given a service config, be it an empty one} */
  @SuppressWarnings("ReferenceEquality") // one that it gave is another, even where it says nothing
  public boolean hasDefaultConfig() {
    return config != ServiceConfig.EMPTY;
  }

  /** {@return the same, with nobody who hears of calls and connections} */
  public ChannelSettings unobserved() {
    return new ChannelSettings(
        providers,
        target,
        resolver,
        security,
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
        Observers.NONE,
        clock,
        executor);
  }
}

package grpc.kernel.channel;

import grpc.api.Status;
import grpc.kernel.guard.GuardedPolicy;
import grpc.kernel.info.ChannelSnapshot.RefusedConfig;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.registry.PluginFailure;
import grpc.kernel.registry.ProviderKind;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.kernel.serviceconfig.ServiceConfigParser;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import grpc.spi.failure.Reason;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service config that a channel has at the moment: what the resolver brings, or the default. A
 * bad one is refused and leaves the one before in force (A21), even one from before the channel
 * went idle; where none was before, the default that the application has given. On the channel's
 * serial executor.
 */
final class ConfigInForce {
  private static final Logger log = LoggerFactory.getLogger("grpc.channel");

  private final ChannelSettings settings;
  private final ServiceConfigParser parser;
  private final Policies.Choice<?> fallback;
  private Optional<ServiceConfig> current = Optional.empty();
  private Optional<RefusedConfig> refused = Optional.empty();

  /**
   * The default one, until a resolution comes.
   *
   * @throws IllegalStateException if there is no module for the policy that the channel has chosen
   * @throws IllegalArgumentException if that policy demands a configuration
   */
  ConfigInForce(ChannelSettings settings) {
    this.settings = settings;
    this.parser = new ServiceConfigParser(settings.providers().table(ProviderKind.BALANCER)::find);
    this.fallback = settings.config().balancing().orElseGet(this::chosen);
  }

  private Policies.Choice<?> chosen() {
    var provider = GuardedPolicy.of(settings.providers().requireBalancer(settings.policy()));
    return parser.policies().configure(provider, JsonObject.EMPTY);
  }

  /**
   * Takes over what came with a resolution.
   *
   * @return OK, or why there is no config to go by: this one is bad, and there is none before and
   *     no default
   */
  Status take(Optional<String> resolved) {
    var json = settings.resolverConfig() ? resolved : Optional.<String>empty();
    try {
      current = Optional.of(json.map(parser::parse).orElse(settings.config()));
      return Status.OK;
    } catch (IllegalArgumentException e) {
      return refuse(json.orElse(""), Status.unavailable(message(Reason.of(e))));
    } catch (PluginFailure e) {
      return refuse(json.orElse(""), Status.internal(message(Reason.of(e))));
    }
  }

  /**
   * Hears that the one of a resolution cannot be read.
   *
   * @return as {@link #take}
   */
  Status takeNone(String problem) {
    return settings.resolverConfig()
        ? refuse("", Status.unavailable(message(problem)))
        : take(Optional.empty());
  }

  private String message(String problem) {
    return "%s: bad service config: %s".formatted(settings.target(), problem);
  }

  private Status refuse(String json, Status status) {
    var refusal = new ChannelData.Refused(json, status.message());
    boolean news = !refused.equals(Optional.of(refusal));
    refused = Optional.of(refusal);
    if (current.isEmpty() && settings.hasDefaultConfig()) {
      current = Optional.of(settings.config());
      log.warn("{} (the default one applies)", status.message());
    } else if (news || current.isEmpty()) {
      log.warn("{} ({})", status.message(), current.isEmpty() ? "none before" : "keeping the last");
    }
    return current.isEmpty() ? status : Status.OK;
  }

  ServiceConfig now() {
    return current.orElse(settings.config());
  }

  /** The policy to balance by: the config's, the default config's, the channel's. */
  Policies.Choice<?> balancing() {
    return now().balancing().orElse(fallback);
  }

  /** The runtime's policies. */
  Policies policies() {
    return parser.policies();
  }

  Optional<RefusedConfig> refused() {
    return refused;
  }
}

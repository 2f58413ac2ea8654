package grpc.kernel.serviceconfig;

import grpc.api.MethodDescriptor;
import grpc.spi.balancer.Policies;
import java.util.Map;
import java.util.Optional;

/**
 * A service config (A2): how a channel balances and what it presumes of calls. Immutable.
 *
 * @param balancing the first policy that the runtime knows, where the config names one
 * @param methods configs by {@code /service/method}, by {@code service}, and under {@code ""} for
 *     all
 * @param throttling when retries stop, where it says
 * @param healthService the service to check on connections (A17), if they are checked; the empty
 *     name is the whole server
 * @param json its text
 */
public record ServiceConfig(
    Optional<Policies.Choice<?>> balancing,
    Map<String, MethodConfig> methods,
    Optional<RetryThrottling> throttling,
    Optional<String> healthService,
    String json) {
  /** Says nothing. */
  public static final ServiceConfig EMPTY =
      new ServiceConfig(Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), "{}");

  /** Copies the map. */
  public ServiceConfig {
    methods = Map.copyOf(methods);
  }

  /** {@return the config of this method: by method, then by service, then for all (A2)} */
  public MethodConfig forMethod(MethodDescriptor<?, ?> method) {
    if (methods.isEmpty()) {
      return MethodConfig.NONE;
    }
    var exact = methods.get(method.path());
    if (exact != null) {
      return exact;
    }
    var service = methods.get(method.serviceName());
    return service != null ? service : methods.getOrDefault("", MethodConfig.NONE);
  }
}

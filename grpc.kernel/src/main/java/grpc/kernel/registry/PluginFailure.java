package grpc.kernel.registry;

import grpc.api.Status;
import grpc.kernel.registry.Found.Origin;
import grpc.kernel.registry.Found.Source;

/** Something thrown by a provider that must not throw; the message says whose it is. */
public final class PluginFailure extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private PluginFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * {@return the failure of this plugin}
   *
   * @param role what it is: resolver, balancer, picker
   * @param plugin an object of the plugin's own class, which names its module
   * @param thrown what it threw
   */
  public static PluginFailure of(String role, Object plugin, Throwable thrown) {
    return new PluginFailure(
        "%s %s threw %s (a bug of that module: replace it)"
            .formatted(role, Origin.of(plugin.getClass(), Source.OWN), thrown),
        thrown);
  }

  /** {@return what calls end with: INTERNAL} */
  public Status status() {
    return Status.internal(String.valueOf(getMessage()));
  }
}

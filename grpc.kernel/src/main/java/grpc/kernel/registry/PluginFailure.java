package grpc.kernel.registry;

import grpc.api.Status;
import grpc.kernel.registry.DiscoveredProvider.Origin;
import grpc.kernel.registry.DiscoveredProvider.Source;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** An exception of a provider that must not throw; the message names its module. */
public final class PluginFailure extends IllegalStateException {
  private static final long serialVersionUID = 1;
  private static final String ADVICE = "(a bug of that module: replace it)";
  private static final Set<String> OWN = Set.of("grpc.api", "grpc.spi", "grpc.kernel");

  private PluginFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * {@return the failure of this plugin, or of what it called} A policy within another may throw
   * through the outer one's picker: where the trace begins in another module, that is named, too.
   *
   * @param role its kind: resolver, balancer, picker
   * @param plugin an object of the plugin's own class, which names its module
   * @param thrown its exception
   */
  public static PluginFailure of(String role, Object plugin, Throwable thrown) {
    return new PluginFailure(
        "%s %s threw %s%s %s"
            .formatted(
                role,
                Origin.of(plugin.getClass(), Source.OWN),
                thrown,
                elsewhere(plugin.getClass().getModule(), thrown).map(at -> " at " + at).orElse(""),
                ADVICE),
        thrown);
  }

  private static Optional<StackTraceElement> elsewhere(Module plugin, Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(frame -> frame.getModuleName() != null && !isCalledByPlugins(frame.getModuleName()))
        .findFirst()
        .filter(frame -> !frame.getModuleName().equals(plugin.getName()));
  }

  /** Modules that plugins call: their exceptions point to the caller. */
  private static boolean isCalledByPlugins(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.") || OWN.contains(module);
  }

  /**
   * {@return whether a status shows a plugin's failure} A client may see such of its own side. It
   * must not go on to a stranger, as it would where a handler passes on what a call of its own
   * ended with.
   */
  public static boolean isToldIn(Status status) {
    return status.message().contains(ADVICE);
  }

  /** {@return the status of calls that end because of it: INTERNAL} */
  public Status status() {
    return Status.internal(String.valueOf(getMessage()));
  }
}

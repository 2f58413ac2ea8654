package grpc.kernel.info;

import java.util.Optional;

/** A finding of {@code GrpcRuntime.check} on a target, a service config or calls. */
public sealed interface Finding {
  /** {@return the fault and the remedy, for people} */
  String message();

  /**
   * A provider that the runtime lacks.
   *
   * @param kind its kind
   * @param name its name among those of its kind
   * @param module the module that would bring it, where that is known
   * @param needed false where the runtime has another that takes its place: a policy that the
   *     service config prefers to one that is there; or does without it, as without a health
   *     checker
   * @param message the fault and the remedy
   */
  record Missing(
      ProviderInfo.Kind kind, String name, Optional<String> module, boolean needed, String message)
      implements Finding {}

  /**
   * Something that no module would make right.
   *
   * @param message the value, and what was expected
   */
  record Malformed(String message) implements Finding {}
}

package grpc.kernel.serviceconfig;

import grpc.kernel.registry.Providers;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.config.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the policy: the first one that the runtime knows (A2). What stands beside policies that
 * it does not know, and after the one that it chose, is not looked at.
 *
 * @param find finds a policy by its name
 */
record BalancingReader(Function<String, Optional<BalancerProvider<?>>> find) implements Policies {
  @Override
  public Optional<BalancerProvider<?>> find(String name) {
    return find.apply(name);
  }

  @Override
  public String expected(List<String> missing) {
    var modules =
        missing.stream().map(Providers::moduleOfPolicy).flatMap(Optional::stream).toList();
    String expected = Policies.super.expected(missing);
    return modules.isEmpty() ? expected : expected + "; add " + String.join(" or ", modules);
  }

  Optional<Choice<?>> read(JsonObject root) {
    return root.objects("loadBalancingConfig").isEmpty()
        ? deprecated(root)
        : Optional.of(choose(root, "loadBalancingConfig"));
  }

  /** The policies that it chooses among, in that order. */
  static List<String> names(JsonObject root) {
    var names =
        root.objects("loadBalancingConfig").stream()
            .flatMap(choice -> choice.fields().keySet().stream())
            .toList();
    return names.isEmpty() ? deprecatedName(root).stream().toList() : names;
  }

  /** {@code loadBalancingPolicy}: deprecated by A2, still sent, in any case. */
  private static Optional<String> deprecatedName(JsonObject root) {
    return root.string("loadBalancingPolicy").map(name -> name.toLowerCase(Locale.ROOT));
  }

  private Optional<Choice<?>> deprecated(JsonObject root) {
    return deprecatedName(root)
        .map(name ->
            byName(name)
                .orElseThrow(
                    () -> root.invalid("loadBalancingPolicy", name, expected(List.of(name)))));
  }
}

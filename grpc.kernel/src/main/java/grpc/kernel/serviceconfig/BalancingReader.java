package grpc.kernel.serviceconfig;

import grpc.kernel.registry.Providers;
import grpc.kernel.serviceconfig.ServiceConfig.Balancing;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.balancer.Policies;
import grpc.spi.failure.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the policy: the first one that the runtime knows (A2). What stands beside policies that
 * it does not know, and after the one that it chose, is not looked at.
 */
record BalancingReader(Policies policies) {
  private static final String EXPECTED = "a policy that this runtime has a module for";

  Optional<Balancing> read(Json root) {
    var choices = root.objects("loadBalancingConfig");
    if (choices.isEmpty()) {
      return deprecated(root);
    }
    for (var choice : choices) {
      if (choice.fields().size() != 1) {
        throw new IllegalArgumentException(
            "%s: %s (expected: one policy each)".formatted(choice.path(), choice.fields()));
      }
      String name = choice.fields().keySet().iterator().next();
      var provider = policies.find(name);
      if (provider.isPresent()) {
        return Optional.of(balancing(choice, name, provider.get()));
      }
    }
    throw root.bad("loadBalancingConfig", names(root), expected(names(root)));
  }

  private static String expected(List<String> unknown) {
    var modules =
        unknown.stream().map(Providers::moduleOfPolicy).flatMap(Optional::stream).toList();
    return modules.isEmpty() ? EXPECTED : EXPECTED + "; add " + String.join(" or ", modules);
  }

  /** The policies that it chooses among, in that order. */
  static List<String> names(Json root) {
    var names =
        root.objects("loadBalancingConfig").stream()
            .flatMap(choice -> choice.fields().keySet().stream())
            .toList();
    return names.isEmpty()
        ? root.field("loadBalancingPolicy", String.class).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList()
        : names;
  }

  private Balancing balancing(Json choice, String name, BalancerProvider provider) {
    var config = choice.object(name).orElseThrow(); // the one field of the choice
    try {
      return new Balancing(name, provider.parseConfig(config.fields(), policies));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(config.path() + "." + Reason.of(e), e);
    }
  }

  /** {@code loadBalancingPolicy}: deprecated by A2, still sent, in whatever case. */
  private Optional<Balancing> deprecated(Json root) {
    return root.field("loadBalancingPolicy", String.class)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .map(name ->
            policies
                .find(name)
                .map(provider -> new Balancing(name, provider.parseConfig(Map.of(), policies)))
                .orElseThrow(() -> root.bad("loadBalancingPolicy", name, expected(List.of(name)))));
  }
}

package grpc.kernel.check;

import grpc.kernel.registry.ProviderTable;
import grpc.spi.balancer.BalancerProvider;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Remembers which policies a service config asks for while it is parsed. */
final class NestedPolicies {
  private final ProviderTable<BalancerProvider<?>> policies;
  private final List<String> choices;
  private final boolean known;
  private final Set<BalancerProvider<?>> found = new LinkedHashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();

  /**
   * Nothing asked for yet.
   *
   * @param choices the policies that the config itself chooses from
   * @param known whether the runtime has one of them
   */
  NestedPolicies(ProviderTable<BalancerProvider<?>> policies, List<String> choices, boolean known) {
    this.policies = policies;
    this.choices = choices;
    this.known = known;
  }

  Optional<BalancerProvider<?>> find(String name) {
    var provider = policies.find(name);
    if (provider.isPresent()) {
      found.add(provider.get());
    } else if (!choices.contains(name)) {
      missing.add(name);
    } else if (!known) {
      return Optional.of(new UnknownPolicy(name));
    }
    return provider;
  }

  /** As {@link #find}, and a stand-in for a nested one that is missing. */
  Optional<BalancerProvider<?>> findOrUnknown(String name) {
    var provider = find(name);
    return provider.isEmpty() && missing.contains(name)
        ? Optional.of(new UnknownPolicy(name))
        : provider;
  }

  /** Those that the runtime has. */
  Set<BalancerProvider<?>> found() {
    return found;
  }

  /** Those within others' configurations that the runtime has not. */
  Set<String> missing() {
    return missing;
  }
}

package grpc.kernel.registry;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The providers of one kind by name. Immutable once its runtime is built.
 *
 * @param <P> the kind
 */
public final class ProviderTable<P> {
  private final ProviderKind<P> kind;
  private final Map<String, DiscoveredProvider<P>> byName = new LinkedHashMap<>();

  ProviderTable(ProviderKind<P> kind) {
    this.kind = kind;
  }

  /**
   * Adds a provider. What the application hands over replaces what was found; a child layer's
   * replaces its parent's where that is wanted; every other second provider of a name is an error.
   */
  void add(DiscoveredProvider<P> found, boolean childReplaces) {
    var earlier = byName.get(found.name());
    if (earlier == null) {
      byName.put(found.name(), found);
      return;
    }
    var was = earlier.origin().source();
    var now = found.origin().source();
    if (now == was || now != DiscoveredProvider.Source.EXPLICIT && !childReplaces) {
      throw new IllegalStateException(
          "two providers of %s '%s': %s, and %s (expected: one; remove a module%s)"
              .formatted(
                  kind.label(),
                  found.name(),
                  earlier.origin(),
                  found.origin(),
                  now == was ? "" : ", or build the runtime with childReplacesParent()"));
    }
    if (now == DiscoveredProvider.Source.EXPLICIT || was == DiscoveredProvider.Source.PARENT) {
      byName.put(found.name(), found);
    }
  }

  /** {@return the kind of these providers} */
  public ProviderKind<P> kind() {
    return kind;
  }

  /** {@return the provider of this name} */
  public Optional<P> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(DiscoveredProvider::provider);
  }

  /** {@return all providers with their origins} */
  public Collection<DiscoveredProvider<P>> all() {
    return byName.values();
  }

  /** {@return all names in the order of discovery} */
  public Set<String> names() {
    return byName.keySet();
  }
}

package grpc.spi.balancer;

import grpc.spi.config.InvalidField;
import grpc.spi.config.JsonObject;
import grpc.spi.failure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The policies of a runtime by name, for a policy that names others in its configuration. */
@FunctionalInterface
public interface Policies {
  /**
   * A policy that a configuration names.
   *
   * @param provider makes its balancers
   * @param config its configuration
   * @param <C> the type of the configuration
   */
  record Choice<C>(BalancerProvider<C> provider, C config) {
    /**
     * {@return a balancer that has always this configuration} For a policy that wraps another one:
     * return it from {@link BalancerProvider#create}, with a {@link ForwardingBalancerContext} for
     * your changes.
     *
     * @param <P> the configuration of the wrapping policy
     */
    public <P> Balancer<P> create(BalancerContext context) {
      return new WrappedBalancer<>(provider.create(context), config);
    }
  }

  /** {@return the policy of this name} */
  Optional<BalancerProvider<?>> find(String name);

  /**
   * {@return the policy of this name with its default configuration}
   *
   * @throws IllegalArgumentException if the policy demands a configuration
   */
  default Optional<Choice<?>> byName(String name) {
    return find(name).map(provider -> configure(provider, JsonObject.EMPTY));
  }

  /**
   * {@return the words after "expected" in the error of {@link #choose} for policies that the
   * runtime does not have} The kernel names the modules to add.
   */
  default String expected(List<String> missing) {
    return "a policy that this runtime has a module for";
  }

  /**
   * {@return the first policy of a list that the runtime knows, with its configuration} The list
   * has objects with one policy each, like {@code loadBalancingConfig}. Entries after the first
   * known policy are ignored.
   *
   * @param field the name of the list's field
   * @throws IllegalArgumentException if the list is malformed or absent, if it names no policy that
   *     the runtime has a module for, or if the policy refuses its configuration
   */
  default Choice<?> choose(JsonObject json, String field) {
    var missing = new ArrayList<String>();
    for (var choice : json.objects(field)) {
      if (choice.fields().size() != 1) {
        throw json.invalid(
            field, choice.fields(), "objects with one policy each, such as {\"pick_first\": {}}");
      }
      String name = choice.fields().keySet().iterator().next();
      var provider = find(name);
      if (provider.isPresent()) {
        var config = choice.object(name).orElseThrow(); // the one field of the choice
        return configure(provider.get(), config);
      }
      missing.add(name);
    }
    if (missing.isEmpty()) {
      throw json.invalid(field, "a list with a policy, such as [{\"pick_first\": {}}]");
    }
    throw json.invalid(field, missing, expected(missing));
  }

  /**
   * {@return the policy with this configuration}
   *
   * @throws IllegalArgumentException if the policy refuses it; the message has the field's path, or
   *     the policy's name if the configuration is the root of its document
   */
  default <C> Choice<C> configure(BalancerProvider<C> provider, JsonObject config) {
    try {
      return new Choice<>(provider, provider.parseConfig(config, this));
    } catch (IllegalArgumentException e) {
      if (e instanceof InvalidField && !config.path().isEmpty()) {
        throw e; // it has the field's path
      }
      String place = config.path().isEmpty() ? "policy " + provider.policyName() : config.path();
      throw new IllegalArgumentException(place + ": " + Reason.of(e), e);
    }
  }
}

package grpc.spi.resolver;

import grpc.api.Attributes;
import grpc.api.Status;
import java.util.List;
import java.util.Optional;

/** What a resolver knows at one moment: endpoints, or why there are none. */
public sealed interface ResolverState {
  /**
   * The whole current resolution; it replaces the one before.
   *
   * @param endpoints the backends, possibly none
   * @param serviceConfigJson the service config (A2), where the resolver has one
   * @param attributes for balancers
   */
  record Resolved(
      List<Endpoint> endpoints, Optional<String> serviceConfigJson, Attributes attributes)
      implements ResolverState {
    /** Copies the list. */
    public Resolved {
      endpoints = List.copyOf(endpoints);
    }

    /** Endpoints with no service config. */
    public Resolved(List<Endpoint> endpoints) {
      this(endpoints, Optional.empty(), Attributes.EMPTY);
    }
  }

  /**
   * Endpoints whose service config cannot be read. The channel goes by the last good one, or by the
   * application's default; where it has neither, calls fail with the problem (A21).
   *
   * @param endpoints the backends, possibly none
   * @param problem what is wrong with the config, and what was expected
   * @param attributes for balancers
   */
  record BadServiceConfig(List<Endpoint> endpoints, String problem, Attributes attributes)
      implements ResolverState {
    /** Copies the list. */
    public BadServiceConfig {
      endpoints = List.copyOf(endpoints);
    }
  }

  /**
   * No resolution: the channel keeps the last one, or fails calls with this status where it has
   * none.
   *
   * @param status what went wrong, never OK
   */
  record Failed(Status status) implements ResolverState {}
}

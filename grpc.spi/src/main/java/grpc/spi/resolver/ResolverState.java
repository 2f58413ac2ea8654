package grpc.spi.resolver;

import grpc.api.Attributes;
import grpc.api.Status;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a resolver: endpoints, or the reason why there are none. Your resolver makes one
 * with {@link #resolved}, {@link #badServiceConfig} or {@link #failed}. Immutable.
 */
public sealed interface ResolverState {
  /** {@return a resolution with these backends, possibly none, and no service config} */
  static Resolved resolved(List<Endpoint> endpoints) {
    return new Resolved(endpoints, Optional.empty(), Attributes.EMPTY);
  }

  /**
   * {@return a resolution with these backends, possibly none, and a service config that cannot be
   * read}
   *
   * @param problem the error in the config, and the expected value
   */
  static BadServiceConfig badServiceConfig(List<Endpoint> endpoints, String problem) {
    return new BadServiceConfig(endpoints, problem, Attributes.EMPTY);
  }

  /**
   * {@return a failure to resolve}
   *
   * @param status the failure, never OK
   */
  static Failed failed(Status status) {
    return new Failed(status);
  }

  /** The whole current resolution; it replaces the one before. */
  final class Resolved implements ResolverState {
    private final List<Endpoint> endpoints;
    private final Optional<String> serviceConfigJson;
    private final Attributes attributes;

    private Resolved(
        List<Endpoint> endpoints, Optional<String> serviceConfigJson, Attributes attributes) {
      this.endpoints = List.copyOf(endpoints);
      this.serviceConfigJson = serviceConfigJson;
      this.attributes = attributes;
    }

    /** {@return this resolution with these backends in place of its own} */
    public Resolved withEndpoints(List<Endpoint> endpoints) {
      return new Resolved(endpoints, serviceConfigJson, attributes);
    }

    /** {@return this resolution with this service config (A2), a JSON object} */
    public Resolved withServiceConfig(String json) {
      return new Resolved(endpoints, Optional.of(json), attributes);
    }

    /** {@return this resolution with these attributes, for balancers, in place of its own} */
    public Resolved withAttributes(Attributes attributes) {
      return new Resolved(endpoints, serviceConfigJson, attributes);
    }

    /** {@return the backends, possibly none} */
    public List<Endpoint> endpoints() {
      return endpoints;
    }

    /** {@return the service config (A2), if the resolver has one} */
    public Optional<String> serviceConfigJson() {
      return serviceConfigJson;
    }

    /** {@return attributes for balancers} */
    public Attributes attributes() {
      return attributes;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Resolved other
          && endpoints.equals(other.endpoints)
          && serviceConfigJson.equals(other.serviceConfigJson)
          && attributes.equals(other.attributes);
    }

    @Override
    public int hashCode() {
      return Objects.hash(endpoints, serviceConfigJson, attributes);
    }

    @Override
    public String toString() {
      return "Resolved[endpoints=%s, serviceConfigJson=%s, attributes=%s]"
          .formatted(endpoints, serviceConfigJson.orElse("none"), attributes);
    }
  }

  /**
   * Endpoints whose service config cannot be read. The channel uses the last good config, or the
   * application's default. If it has neither, calls fail with the problem (A21).
   */
  final class BadServiceConfig implements ResolverState {
    private final List<Endpoint> endpoints;
    private final String problem;
    private final Attributes attributes;

    private BadServiceConfig(List<Endpoint> endpoints, String problem, Attributes attributes) {
      this.endpoints = List.copyOf(endpoints);
      this.problem = problem;
      this.attributes = attributes;
    }

    /** {@return this resolution with these attributes, for balancers, in place of its own} */
    public BadServiceConfig withAttributes(Attributes attributes) {
      return new BadServiceConfig(endpoints, problem, attributes);
    }

    /** {@return the backends, possibly none} */
    public List<Endpoint> endpoints() {
      return endpoints;
    }

    /** {@return the error in the config, and the expected value} */
    public String problem() {
      return problem;
    }

    /** {@return attributes for balancers} */
    public Attributes attributes() {
      return attributes;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof BadServiceConfig other
          && endpoints.equals(other.endpoints)
          && problem.equals(other.problem)
          && attributes.equals(other.attributes);
    }

    @Override
    public int hashCode() {
      return Objects.hash(endpoints, problem, attributes);
    }

    @Override
    public String toString() {
      return "BadServiceConfig[endpoints=%s, problem=%s, attributes=%s]"
          .formatted(endpoints, problem, attributes);
    }
  }

  /**
   * No resolution: the channel keeps the last one. If it has none, it fails calls with this status.
   */
  final class Failed implements ResolverState {
    private final Status status;

    private Failed(Status status) {
      this.status = status;
    }

    /** {@return the failure, never OK} */
    public Status status() {
      return status;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Failed other && status.equals(other.status);
    }

    @Override
    public int hashCode() {
      return status.hashCode();
    }

    @Override
    public String toString() {
      return "Failed[status=" + status + "]";
    }
  }
}

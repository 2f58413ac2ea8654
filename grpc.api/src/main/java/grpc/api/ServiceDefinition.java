package grpc.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service's methods with their handlers. Immutable. */
public final class ServiceDefinition implements Service {
  private final String name;
  private final List<MethodDefinition<?, ?>> methods;
  private final Optional<ServiceSchema> schema;

  private ServiceDefinition(
      String name, List<MethodDefinition<?, ?>> methods, Optional<ServiceSchema> schema) {
    this.name = name;
    this.methods = List.copyOf(methods);
    this.schema = schema;
  }

  /** {@return a builder of a service with this name} */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** {@return {@code package.Service}} */
  public String name() {
    return name;
  }

  /** {@return its methods} */
  public List<MethodDefinition<?, ?>> methods() {
    return methods;
  }

  /**
   * {@return the schema that it was generated from; empty for services that were written by hand}
   */
  public Optional<ServiceSchema> schema() {
    return schema;
  }

  @Override
  public ServiceDefinition definition() {
    return this;
  }

  /**
   * {@return this service with its unary handlers run inline} {@link MethodDefinition#withInline}
   * says what they must not do then.
   */
  public ServiceDefinition inline() {
    return new ServiceDefinition(
        name, methods.stream().map(ServiceDefinition::inline).toList(), schema);
  }

  private static <Q, R> MethodDefinition<?, ?> inline(MethodDefinition<Q, R> m) {
    return m.withInline(m.method().type() == MethodType.UNARY);
  }

  /** Collects the methods of a service. */
  public static final class Builder {
    private final String name;
    private final Map<String, MethodDefinition<?, ?>> methods = new LinkedHashMap<>();
    private Optional<ServiceSchema> schema = Optional.empty();

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a unary method. */
    public <Q, R> Builder unary(MethodDescriptor<Q, R> method, MethodHandler.Unary<Q, R> handler) {
      return add(MethodDefinition.of(method, handler));
    }

    /** Adds a method that streams responses. */
    public <Q, R> Builder serverStreaming(
        MethodDescriptor<Q, R> method, MethodHandler.ServerStreaming<Q, R> handler) {
      return add(MethodDefinition.of(method, handler));
    }

    /** Adds a method that reads a stream of requests. */
    public <Q, R> Builder clientStreaming(
        MethodDescriptor<Q, R> method, MethodHandler.ClientStreaming<Q, R> handler) {
      return add(MethodDefinition.of(method, handler));
    }

    /** Adds a method that streams both ways. */
    public <Q, R> Builder bidiStreaming(
        MethodDescriptor<Q, R> method, MethodHandler.BidiStreaming<Q, R> handler) {
      return add(MethodDefinition.of(method, handler));
    }

    /**
     * Adds a method.
     *
     * @throws IllegalArgumentException when it belongs to another service or is there already
     */
    public Builder add(MethodDefinition<?, ?> definition) {
      var method = definition.method();
      if (!method.serviceName().equals(name)) {
        throw new IllegalArgumentException(
            "method %s does not belong to service %s".formatted(method, name));
      }
      if (methods.putIfAbsent(method.path(), definition) != null) {
        throw new IllegalArgumentException("method %s is defined twice".formatted(method));
      }
      return this;
    }

    /** Sets the schema that the service was generated from. */
    public Builder schema(ServiceSchema schema) {
      this.schema = Optional.of(schema);
      return this;
    }

    /** {@return the service} */
    public ServiceDefinition build() {
      return new ServiceDefinition(name, List.copyOf(methods.values()), schema);
    }
  }

  @Override
  public String toString() {
    return name + methods;
  }
}

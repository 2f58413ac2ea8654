package grpc.api;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The schema that a service was generated from, for reflection and gateways. Opaque, because
 * grpc.api knows no schema language. In code that grpc.protoc generates, it holds a {@code
 * com.google.protobuf.Descriptors.FileDescriptor}. Immutable.
 */
public final class ServiceSchema {
  private final Supplier<?> file;

  private ServiceSchema(Supplier<?> file) {
    this.file = Objects.requireNonNull(file, "file");
  }

  /**
   * {@return a schema}
   *
   * @param file returns the descriptor of the file that has the service. The first {@link #as}
   *     calls it, so that a server starts without it
   */
  public static ServiceSchema of(Supplier<?> file) {
    return new ServiceSchema(file);
  }

  /**
   * {@return the descriptor of the file that has the service, if it is of this type}
   *
   * @param type for example {@code com.google.protobuf.Descriptors.FileDescriptor}
   */
  public <T> Optional<T> as(Class<T> type) {
    return Optional.ofNullable(file.get()).filter(type::isInstance).map(type::cast);
  }
}

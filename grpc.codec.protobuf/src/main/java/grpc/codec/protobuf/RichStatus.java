package grpc.codec.protobuf;

import com.google.protobuf.InvalidProtocolBufferException;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.codec.protobuf.rpc.Status;
import java.util.Optional;

/**
 * Converts between gRPC's status and {@code google.rpc.Status}, which has messages as details. It
 * is sent serialized in {@code grpc-status-details-bin}.
 */
public final class RichStatus {
  private RichStatus() {}

  /**
   * {@return the rich status of a failed call} Empty if the server sent none, or malformed bytes.
   * The exception's own code and message are always valid.
   */
  public static Optional<Status> of(StatusException exception) {
    return of(exception.status());
  }

  /** {@return the rich status that this one carries} Empty if it carries none. */
  public static Optional<Status> of(grpc.api.Status status) {
    if (!status.hasDetails()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Status.parseFrom(status.details()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /**
   * {@return a status with the same code and message that carries the rich one} Throw it in a
   * handler with {@link grpc.api.Status#asException}.
   *
   * @throws IllegalArgumentException when gRPC does not define the code
   */
  public static grpc.api.Status status(Status rich) {
    var code =
        StatusCode.of(rich.getCode())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "status code: %d (expected: 0..16)".formatted(rich.getCode())));
    return grpc.api.Status.of(code, rich.getMessage()).withDetails(rich.toByteArray());
  }
}

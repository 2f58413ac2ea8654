package grpc.codec.protobuf;

import com.google.protobuf.InvalidProtocolBufferException;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.codec.protobuf.rpc.Status;
import java.util.Optional;

/**
 * Between gRPC's status and {@code google.rpc.Status}, whose details are messages. It travels
 * serialized in {@code grpc-status-details-bin}.
 */
public final class RichStatus {
  private RichStatus() {}

  /**
   * {@return the rich status of a failed call} Empty where the server sent none, or bytes that are
   * none: the exception's own code and message hold in any case.
   */
  public static Optional<Status> of(StatusException exception) {
    return of(exception.status());
  }

  /** {@return the rich status that this one carries} Empty where it carries none. */
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
   * {@return a status with the same code and message that carries the rich one} A handler throws it
   * with {@link grpc.api.Status#asException}.
   *
   * @throws IllegalArgumentException when gRPC defines no such code
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

package grpc.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * How a call ended: a code, a message for people and, optionally, details for programs. Immutable.
 */
public final class Status {
  private static final byte[] NO_DETAILS = {};

  /** Success, with no message. */
  public static final Status OK = new Status(StatusCode.OK, "", NO_DETAILS);

  private final StatusCode code;
  private final String message;
  private final byte[] details;

  private Status(StatusCode code, String message, byte[] details) {
    this.code = Objects.requireNonNull(code, "code");
    this.message = Objects.requireNonNull(message, "message");
    this.details = details;
  }

  /**
   * {@return a status of this code}
   *
   * @param code the code
   * @param message what was wrong, what was expected, what to do; travels as {@code grpc-message}
   */
  public static Status of(StatusCode code, String message) {
    return code == StatusCode.OK && message.isEmpty() ? OK : new Status(code, message, NO_DETAILS);
  }

  /** {@return CANCELLED with this message} */
  public static Status cancelled(String message) {
    return of(StatusCode.CANCELLED, message);
  }

  /** {@return UNKNOWN with this message} */
  public static Status unknown(String message) {
    return of(StatusCode.UNKNOWN, message);
  }

  /** {@return INVALID_ARGUMENT with this message} */
  public static Status invalidArgument(String message) {
    return of(StatusCode.INVALID_ARGUMENT, message);
  }

  /** {@return DEADLINE_EXCEEDED with this message} */
  public static Status deadlineExceeded(String message) {
    return of(StatusCode.DEADLINE_EXCEEDED, message);
  }

  /** {@return NOT_FOUND with this message} */
  public static Status notFound(String message) {
    return of(StatusCode.NOT_FOUND, message);
  }

  /** {@return RESOURCE_EXHAUSTED with this message} */
  public static Status resourceExhausted(String message) {
    return of(StatusCode.RESOURCE_EXHAUSTED, message);
  }

  /** {@return UNIMPLEMENTED with this message} */
  public static Status unimplemented(String message) {
    return of(StatusCode.UNIMPLEMENTED, message);
  }

  /** {@return INTERNAL with this message} */
  public static Status internal(String message) {
    return of(StatusCode.INTERNAL, message);
  }

  /** {@return UNAVAILABLE with this message} */
  public static Status unavailable(String message) {
    return of(StatusCode.UNAVAILABLE, message);
  }

  /** {@return the code} */
  public StatusCode code() {
    return code;
  }

  /** {@return the message, empty if there is none} */
  public String message() {
    return message;
  }

  /**
   * {@return a copy of the details, a serialized {@code google.rpc.Status} as in {@code
   * grpc-status-details-bin}; empty if there are none}
   */
  public byte[] details() {
    return details.length == 0 ? details : details.clone();
  }

  /** {@return whether there are details} */
  public boolean hasDetails() {
    return details.length > 0;
  }

  /** {@return whether the code is OK} */
  public boolean isOk() {
    return code == StatusCode.OK;
  }

  /** {@return this status with another message} */
  public Status withMessage(String message) {
    return new Status(code, message, details);
  }

  /**
   * {@return this status with these details}
   *
   * @param details a serialized {@code google.rpc.Status}; copied
   */
  public Status withDetails(byte[] details) {
    Objects.requireNonNull(details, "details (for none: an empty array)");
    return new Status(code, message, details.length == 0 ? NO_DETAILS : details.clone());
  }

  /** {@return an exception that carries this status} */
  public StatusException asException() {
    return new StatusException(this);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Status s
        && code == s.code
        && message.equals(s.message)
        && Arrays.equals(details, s.details);
  }

  @Override
  public int hashCode() {
    return 31 * code.hashCode() + message.hashCode();
  }

  @Override
  public String toString() {
    String text = message.isEmpty() ? code.name() : code + ": " + message;
    return details.length == 0 ? text : text + " (" + details.length + " bytes of details)";
  }
}

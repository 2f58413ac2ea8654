package grpc.spi.balancer;

import grpc.api.Metadata;
import grpc.api.Status;
import java.util.Objects;
import java.util.function.Consumer;

/** A picker's answer for one call. */
public sealed interface PickResult {
  /**
   * Send it there.
   *
   * @param subConn one that was READY when the picker was made
   * @param metadata added to the request's headers
   * @param onDone hears how the call ended, once, on any thread; must not block
   */
  record Complete(SubConn subConn, Metadata metadata, Consumer<DoneInfo> onDone)
      implements PickResult {
    /** Hears nothing; the runtime then makes no {@link DoneInfo} at all. */
    public static final Consumer<DoneInfo> IGNORE = done -> {};

    /** Where it is sent, and how. */
    public Complete {
      Objects.requireNonNull(subConn, "subConn (to hold the call, answer QUEUE)");
      Objects.requireNonNull(metadata, "metadata (for none: Metadata.EMPTY)");
      Objects.requireNonNull(onDone, "onDone (for none: IGNORE)");
    }
  }

  /** Hold the call until the next picker. */
  record Queue() implements PickResult {}

  /**
   * Fail the call, unless it waits for ready.
   *
   * @param status why
   */
  record Fail(Status status) implements PickResult {
    /** Why it fails. */
    public Fail {
      Objects.requireNonNull(status, "status");
    }
  }

  /**
   * Fail the call even if it waits for ready.
   *
   * @param status why
   */
  record Drop(Status status) implements PickResult {
    /** Why it fails. */
    public Drop {
      Objects.requireNonNull(status, "status");
    }
  }

  /** The one answer that queues. */
  PickResult QUEUE = new Queue();

  /** {@return an answer that sends the call there; a picker makes it once and returns it often} */
  static PickResult complete(SubConn subConn) {
    return new Complete(subConn, Metadata.EMPTY, Complete.IGNORE);
  }

  /** {@return an answer that fails calls which do not wait for ready} */
  static PickResult fail(Status status) {
    return new Fail(status);
  }

  /** {@return an answer that fails every call} */
  static PickResult drop(Status status) {
    return new Drop(status);
  }
}

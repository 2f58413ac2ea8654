package grpc.spi.balancer;

import grpc.api.Metadata;
import grpc.api.Status;
import java.util.Objects;
import java.util.function.Consumer;

/** A picker's answer for one call. */
public sealed interface PickResult {
  /**
   * Send the call on this connection. Immutable; make it with {@link PickResult#complete}. To
   * change a child's answer, copy that answer, so that fields from later versions stay.
   */
  final class Complete implements PickResult {
    /** No action; the kernel then makes no {@link DoneInfo}. */
    public static final Consumer<DoneInfo> IGNORE = done -> {};

    private final SubConn subConn;
    private final Metadata metadata;
    private final Consumer<DoneInfo> onDone;

    private Complete(SubConn subConn, Metadata metadata, Consumer<DoneInfo> onDone) {
      this.subConn = Objects.requireNonNull(subConn, "subConn (to hold the call, answer QUEUE)");
      this.metadata = Objects.requireNonNull(metadata, "metadata (for none: Metadata.EMPTY)");
      this.onDone = Objects.requireNonNull(onDone, "onDone (for none: IGNORE)");
    }

    /** {@return this answer with this metadata in place of its own} */
    public Complete withMetadata(Metadata metadata) {
      return new Complete(subConn, metadata, onDone);
    }

    /**
     * {@return this answer with this action in place of its own} To keep the child's action, add
     * yours: {@code complete.onDone().andThen(mine)}.
     *
     * @param onDone called once, when the call has ended, on any thread; must not block
     */
    public Complete withOnDone(Consumer<DoneInfo> onDone) {
      return new Complete(subConn, metadata, onDone);
    }

    /** {@return the connection, READY when the picker was made} */
    public SubConn subConn() {
      return subConn;
    }

    /** {@return the metadata to add to the request's headers} */
    public Metadata metadata() {
      return metadata;
    }

    /** {@return the action for the end of the call; {@link #IGNORE} for none} */
    public Consumer<DoneInfo> onDone() {
      return onDone;
    }

    @Override
    public String toString() {
      return "Complete[subConn=%s, metadata=%s]".formatted(subConn, metadata);
    }
  }

  /**
   * Hold the call until the next picker. Publish one when calls can go on: only a new picker gets
   * the call again.
   */
  record Queue() implements PickResult {}

  /**
   * Fail the call, unless it waits for ready.
   *
   * @param status the reason
   */
  record Fail(Status status) implements PickResult {
    /** Fails the call with this status. */
    public Fail {
      Objects.requireNonNull(status, "status");
    }
  }

  /**
   * Fail the call even if it waits for ready.
   *
   * @param status the reason
   */
  record Drop(Status status) implements PickResult {
    /** Fails the call with this status. */
    public Drop {
      Objects.requireNonNull(status, "status");
    }
  }

  /** The one answer that queues. */
  PickResult QUEUE = new Queue();

  /**
   * {@return an answer that sends the call on this connection} Make it once per picker and return
   * it for every call.
   */
  static Complete complete(SubConn subConn) {
    return new Complete(subConn, Metadata.EMPTY, Complete.IGNORE);
  }

  /** {@return an answer that fails the calls that do not wait for ready} */
  static PickResult fail(Status status) {
    return new Fail(status);
  }

  /** {@return an answer that fails every call} */
  static PickResult drop(Status status) {
    return new Drop(status);
  }
}

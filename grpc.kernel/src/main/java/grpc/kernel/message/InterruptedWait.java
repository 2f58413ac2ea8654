package grpc.kernel.message;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.api.StatusException;

/** The interrupt of a thread that waits for the other side of a call. */
public final class InterruptedWait {
  private InterruptedWait() {}

  /** {@return what the thread throws in its place; its interrupt status is set again} */
  public static StatusException of(Status status, InterruptedException interrupt) {
    Thread.currentThread().interrupt();
    return new StatusException(status, Metadata.EMPTY, interrupt);
  }
}

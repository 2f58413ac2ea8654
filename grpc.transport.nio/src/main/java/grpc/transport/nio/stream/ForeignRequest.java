package grpc.transport.nio.stream;

import grpc.api.Status;
import grpc.spi.transport.ServerStreamHandler;
import grpc.transport.nio.headers.ForeignAnswer;

/** Answers a request that is not gRPC, once it is complete or its time is over. On the loop. */
public final class ForeignRequest implements ServerStreamHandler {
  private final ServerCallStream stream;
  private final ForeignAnswer answer;
  private final boolean isHead;

  /** Answers on this stream; {@code isHead} without a body. */
  public ForeignRequest(ServerCallStream stream, ForeignAnswer answer, boolean isHead) {
    this.stream = stream;
    this.answer = answer;
    this.isHead = isHead;
  }

  @Override
  public Dispatch dispatch() {
    return Dispatch.INLINE;
  }

  @Override
  public int maxReceiveMessageSize() {
    return 0;
  }

  @Override
  public void run() {
    stream.answerForeign(answer, isHead);
  }

  @Override
  public void cancelled(Status reason) {
    // no handler runs
  }
}

package grpc.api;

/**
 * A call with many requests and one response.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public final class ClientStreamingCall<Q, R> implements AutoCloseable {
  private final ClientCall<Q, R> call;
  private boolean finished;

  /** Views a call as one that has a single response. */
  public ClientStreamingCall(ClientCall<Q, R> call) {
    this.call = call;
  }

  /**
   * Sends a message; blocks while the flow-control window or the write quota is used up.
   *
   * @return false when the server has answered already and reads no more: go on to {@link #finish}
   * @throws StatusException when the call has failed
   */
  public boolean send(Q message) {
    return call.send(message);
  }

  /**
   * Switches compression on or off for the messages sent from now on; see {@link
   * BidiStreamingCall#compressMessages}.
   */
  public void compressMessages(boolean compress) {
    call.compressMessages(compress);
  }

  /**
   * Half-closes and waits for the response. Call it once per call, on one thread. If an interceptor
   * throws, the call is cancelled.
   *
   * @throws IllegalStateException when it was called before
   * @throws StatusException when the call ends with a status other than OK, or INTERNAL when the
   *     server answers with no message or with several
   */
  public R finish() {
    if (finished) {
      throw new IllegalStateException(
          "finish() was called before (expected: once a call; keep the response that it returned)");
    }
    finished = true;
    try {
      return response();
    } catch (Throwable e) {
      Begun.cancel(call, e);
      throw e;
    }
  }

  private R response() {
    call.halfClose();
    R response = call.receive().orElseThrow(() -> wrongCount("no message"));
    if (call.receive().isPresent()) {
      call.cancel("several messages where one was expected");
      throw wrongCount("several messages");
    }
    return response;
  }

  /** Waits for the response headers, see {@link ServerStreamingCall#headers}. */
  public Metadata headers() {
    return call.headers();
  }

  /** Waits for the end of the call, see {@link ServerStreamingCall#trailers}. */
  public Metadata trailers() {
    return call.trailers();
  }

  /** Cancels the call unless it has ended, see {@link ServerStreamingCall#cancel}. */
  public void cancel(String reason) {
    call.cancel(reason);
  }

  /** Cancels the call unless it has ended. */
  @Override
  public void close() {
    call.close();
  }

  private static StatusException wrongCount(String found) {
    return Status.internal("the server answered with " + found + " (expected: exactly one)")
        .asException();
  }
}

package grpc.spi.transport;

/** The kernel's options for a client's stream; they are not sent. Immutable. */
public final class StreamOptions {
  private final int maxReceiveMessageSize;
  private final boolean singleResponse;

  private StreamOptions(int maxReceiveMessageSize, boolean singleResponse) {
    this.maxReceiveMessageSize = maxReceiveMessageSize;
    this.singleResponse = singleResponse;
  }

  /**
   * {@return the options of a stream with any number of responses}
   *
   * @param maxReceiveMessageSize in bytes as they are on the wire
   */
  public static StreamOptions of(int maxReceiveMessageSize) {
    return new StreamOptions(maxReceiveMessageSize, false);
  }

  /** {@return these options, with a single response expected or any number} */
  public StreamOptions withSingleResponse(boolean singleResponse) {
    return new StreamOptions(maxReceiveMessageSize, singleResponse);
  }

  /**
   * {@return the limit for a message received, in bytes as they are on the wire} Your transport
   * ends the stream with RESOURCE_EXHAUSTED before it reads a larger one.
   */
  public int maxReceiveMessageSize() {
    return maxReceiveMessageSize;
  }

  /**
   * {@return whether one response is expected} Your transport may then wake the reader once, when
   * the stream has ended, and not for the message before it.
   */
  public boolean singleResponse() {
    return singleResponse;
  }
}

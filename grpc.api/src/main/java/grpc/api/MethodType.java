package grpc.api;

/** The number of messages that each side of a method sends. */
public enum MethodType {
  /** One request, one response. */
  UNARY(false, false),
  /** One request, any number of responses. */
  SERVER_STREAMING(false, true),
  /** Any number of requests, one response. */
  CLIENT_STREAMING(true, false),
  /** Any number of requests and responses, in any interleaving. */
  BIDI_STREAMING(true, true);

  private final boolean clientStreams;
  private final boolean serverStreams;

  MethodType(boolean clientStreams, boolean serverStreams) {
    this.clientStreams = clientStreams;
    this.serverStreams = serverStreams;
  }

  /** {@return whether the client may send a number of messages other than one} */
  public boolean clientStreams() {
    return clientStreams;
  }

  /** {@return whether the server may send a number of messages other than one} */
  public boolean serverStreams() {
    return serverStreams;
  }
}

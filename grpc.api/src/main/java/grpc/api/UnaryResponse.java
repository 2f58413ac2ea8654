package grpc.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The response of a unary call that ended with OK. The channel makes it; an interceptor changes it
 * by a copy. Immutable.
 *
 * @param <R> the response message
 */
public final class UnaryResponse<R> {
  private final Metadata headers;
  private final R message;
  private final Metadata trailers;
  private final @Nullable Peer peer;

  private UnaryResponse(Metadata headers, R message, Metadata trailers, @Nullable Peer peer) {
    this.headers = headers;
    this.message = message;
    this.trailers = trailers;
    this.peer = peer;
  }

  /** {@return a response with this message alone} */
  public static <R> UnaryResponse<R> of(R message) {
    return new UnaryResponse<>(Metadata.EMPTY, message, Metadata.EMPTY, null);
  }

  /** {@return a response} One object for each call, and no copies. */
  public static <R> UnaryResponse<R> of(Metadata headers, R message, Metadata trailers, Peer peer) {
    return new UnaryResponse<>(headers, message, trailers, peer);
  }

  /** {@return this response with these headers in place of its own} */
  public UnaryResponse<R> withHeaders(Metadata headers) {
    return new UnaryResponse<>(headers, message, trailers, peer);
  }

  /** {@return this response with this message in place of its own} */
  public <S> UnaryResponse<S> withMessage(S message) {
    return new UnaryResponse<>(headers, message, trailers, peer);
  }

  /** {@return this response with these trailers in place of its own} */
  public UnaryResponse<R> withTrailers(Metadata trailers) {
    return new UnaryResponse<>(headers, message, trailers, peer);
  }

  /** {@return this response, with the two ends of the connection that carried its call} */
  public UnaryResponse<R> withPeer(Peer peer) {
    return new UnaryResponse<>(headers, message, trailers, peer);
  }

  /** {@return the response headers, without the fields that gRPC reserves} */
  public Metadata headers() {
    return headers;
  }

  /** {@return the message} */
  public R message() {
    return message;
  }

  /** {@return the trailers, without the fields that gRPC reserves} */
  public Metadata trailers() {
    return trailers;
  }

  /**
   * {@return the two ends of the connection that carried the call, as the client sees them} Empty
   * if no connection did, for example because an interceptor made the response.
   */
  public Optional<Peer> peer() {
    return Optional.ofNullable(peer);
  }
}

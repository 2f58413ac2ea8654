package grpc.api;

/**
 * The answer to a unary call that ended with OK.
 *
 * @param headers the response headers, without the fields that gRPC reserves
 * @param message the message
 * @param trailers the trailers, without the fields that gRPC reserves
 * @param <R> the response message
 */
public record UnaryResponse<R>(Metadata headers, R message, Metadata trailers) {}

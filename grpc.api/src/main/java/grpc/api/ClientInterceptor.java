package grpc.api;

/** Sees and changes the calls of a channel. Must be safe for use by any number of threads. */
public sealed interface ClientInterceptor permits UnaryClientInterceptor, StreamClientInterceptor {}

package grpc.api;

/** Sees and changes the calls of a server. Must be safe for use by any number of threads. */
public sealed interface ServerInterceptor permits UnaryServerInterceptor, StreamServerInterceptor {}

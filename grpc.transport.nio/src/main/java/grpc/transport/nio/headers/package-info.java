/**
 * gRPC's requests, responses and trailers as header lists, and back: pure functions of
 * PROTOCOL-HTTP2. {@code client}, {@code server} and {@code outbound} use it.
 */
package grpc.transport.nio.headers;

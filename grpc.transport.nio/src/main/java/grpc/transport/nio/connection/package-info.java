/**
 * The part of a connection that both roles share: handshake, received frames, keepalive,
 * backpressure, and the end. It calls the role of {@code client} or {@code server} through {@code
 * ConnectionRole}.
 */
package grpc.transport.nio.connection;

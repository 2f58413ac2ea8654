/**
 * What both roles share of a connection: handshake, frames that come in, keepalive, backpressure,
 * and the end. It calls the role of {@code client} or {@code server} through {@code
 * ConnectionRole}.
 */
package grpc.transport.nio.connection;

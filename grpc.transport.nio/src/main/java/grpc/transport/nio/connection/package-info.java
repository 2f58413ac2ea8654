/**
 * A connection's life: handshake, streams, limits, drain and end; the client's and server's side.
 */
package grpc.transport.nio.connection;

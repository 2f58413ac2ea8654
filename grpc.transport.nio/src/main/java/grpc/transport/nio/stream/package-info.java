/**
 * The messages of one call: framing, waiting for them, and the stream on the client and on the
 * server.
 */
package grpc.transport.nio.stream;

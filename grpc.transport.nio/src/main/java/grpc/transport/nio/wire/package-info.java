/** Selector loops and sockets. */
package grpc.transport.nio.wire;

/** The step between a connected socket and HTTP/2, in which a connection becomes secure. */
package grpc.transport.nio.tls;

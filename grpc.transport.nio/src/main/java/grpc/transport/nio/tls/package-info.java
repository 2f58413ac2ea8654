/** Where a connection becomes secure: the step between a connected socket and HTTP/2. */
package grpc.transport.nio.tls;

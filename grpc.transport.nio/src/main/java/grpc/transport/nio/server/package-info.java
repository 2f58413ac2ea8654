/** The server's role on a connection: accepts requests, starts handlers, shuts down gracefully. */
package grpc.transport.nio.server;

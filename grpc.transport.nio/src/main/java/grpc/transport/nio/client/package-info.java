/** The client's role on a connection: opens calls, reads responses, drains after GOAWAY. */
package grpc.transport.nio.client;

/** The writing side of a connection: commands, the outbox, and the writer that frames them. */
package grpc.transport.nio.outbound;

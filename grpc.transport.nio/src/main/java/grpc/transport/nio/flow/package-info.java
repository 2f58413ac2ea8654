/**
 * The arithmetic of flow control (RFC 9113 §5.2 and §6.9) and of local write quotas: no I/O, no
 * clock, no threads of its own.
 */
package grpc.transport.nio.flow;

/**
 * A server's call: the gates at its headers, the method table, the handler with its interceptors
 * and context, and the answer.
 */
package grpc.kernel.server;

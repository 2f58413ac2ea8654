/**
 * Between typed messages and the transport's bytes: marshallers, compression, size limits. Both
 * sides use it.
 */
package grpc.kernel.message;

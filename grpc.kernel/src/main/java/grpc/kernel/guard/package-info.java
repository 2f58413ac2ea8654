/**
 * The border to plugins: calls that cross it may throw or return null, and the channel survives.
 */
package grpc.kernel.guard;

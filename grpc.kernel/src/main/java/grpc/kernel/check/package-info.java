/**
 * {@code check}: lists all that a target and a configuration need and the runtime does not have,
 * without opening a channel.
 */
package grpc.kernel.check;

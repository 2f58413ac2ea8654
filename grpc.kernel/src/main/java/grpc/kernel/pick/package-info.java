/**
 * The third step of a client's call: how it waits for the channel's current picker, and what else
 * it reads of its channel. {@code channel} posts pickers; {@code attempt} picks.
 */
package grpc.kernel.pick;

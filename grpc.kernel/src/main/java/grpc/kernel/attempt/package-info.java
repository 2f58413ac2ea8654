/**
 * The second step of a client's call: its lifetime with deadline and cancellation, retries and
 * hedging, and each attempt. An attempt takes a picker from {@code pick} and sends messages that
 * {@code message} encodes.
 */
package grpc.kernel.attempt;

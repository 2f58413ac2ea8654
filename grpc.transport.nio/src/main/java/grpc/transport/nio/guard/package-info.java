/**
 * Budgets against harmful peers: empty frames, floods of resets and pings. Pure arithmetic: no
 * sockets, no clock.
 */
package grpc.transport.nio.guard;

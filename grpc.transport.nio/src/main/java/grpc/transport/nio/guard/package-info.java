/**
 * Budgets against harmful peers: empty frames, floods of resets and pings. Pure arithmetic: no
 * sockets, no clock of their own.
 */
package grpc.transport.nio.guard;

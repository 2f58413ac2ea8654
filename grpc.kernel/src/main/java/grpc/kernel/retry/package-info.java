/**
 * The arithmetic of retries and hedging (gRFC A6): throttling, backoff, budgets, plans. No I/O, no
 * threads.
 */
package grpc.kernel.retry;

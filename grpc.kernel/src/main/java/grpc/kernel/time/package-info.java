/** Clocks and timers of the kernel. */
package grpc.kernel.time;

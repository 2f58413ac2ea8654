/** A runtime as it shows itself: providers, findings of a check, and snapshots of channels. */
package grpc.kernel.info;

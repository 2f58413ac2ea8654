/** What a runtime shows of itself: providers, findings of a check, and snapshots of channels. */
package grpc.kernel.info;

/** What channels are at one moment, for people and monitoring. */
package grpc.kernel.snapshot;

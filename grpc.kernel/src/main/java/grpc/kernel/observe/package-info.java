/** Sends what happens to all observers; an observer that throws hurts no call. */
package grpc.kernel.observe;

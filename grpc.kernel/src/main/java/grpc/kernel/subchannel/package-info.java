/**
 * The connections of a channel: a subchannel for each distinct endpoint, its connect attempts and
 * backoff, health watches, and the handles that balancing policies hold. A pick leads to a
 * transport here.
 */
package grpc.kernel.subchannel;

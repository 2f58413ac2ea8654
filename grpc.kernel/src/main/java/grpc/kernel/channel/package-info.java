/**
 * A channel's control plane: the target, the resolver, the service config in force, and the
 * balancing policy of one session. All of it runs on the channel's serial scheduler; calls only
 * read the picker that it posts.
 */
package grpc.kernel.channel;

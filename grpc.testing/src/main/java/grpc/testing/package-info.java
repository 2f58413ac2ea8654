/**
 * A clock, resolvers, balancers, subchannels, connections and streams that do what the test says,
 * and the channel around them.
 */
package grpc.testing;

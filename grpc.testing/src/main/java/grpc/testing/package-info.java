/**
 * A clock, resolvers, balancers, subchannels, connections and streams that do what the test says,
 * and the channel around them; and calls of a service whose client is the test.
 */
package grpc.testing;

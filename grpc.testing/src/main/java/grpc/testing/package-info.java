/**
 * A clock, resolvers, subchannels, connections and streams that do what the test says, and the
 * channel around them.
 */
package grpc.testing;

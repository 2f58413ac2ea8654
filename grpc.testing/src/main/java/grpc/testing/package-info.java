/**
 * Fakes that the test controls: a clock, resolvers, balancers, subchannels, connections and
 * streams, with the channel around them; and calls of a service with the test as the client.
 */
package grpc.testing;

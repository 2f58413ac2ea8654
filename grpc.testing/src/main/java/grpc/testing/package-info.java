/** A clock, resolvers and subchannels that do what the test says, and the channel around them. */
package grpc.testing;

/** What transports need of the values of {@code grpc.api}; exported to grpc.spi alone. */
package grpc.api.wire;

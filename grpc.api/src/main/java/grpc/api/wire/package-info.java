/** Access to the values of {@code grpc.api} for transports; exported to grpc.spi alone. */
package grpc.api.wire;

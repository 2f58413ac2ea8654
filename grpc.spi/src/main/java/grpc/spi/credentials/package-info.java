/**
 * The credentials of channels and servers, as transports use them. Implement them here;
 * applications only name them. The order: the transport connects or accepts, asks for the {@link
 * grpc.spi.credentials.Security} of that connection, applies it, and then speaks HTTP/2.
 */
@org.jspecify.annotations.NullMarked
package grpc.spi.credentials;

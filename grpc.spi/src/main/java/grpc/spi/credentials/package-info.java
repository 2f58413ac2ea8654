/**
 * Credentials of one's own: how the connections of a channel or a server are protected. Transports
 * ask for it; applications only name it. The order: the transport connects or accepts, asks for the
 * {@link grpc.spi.credentials.Security} of that connection, applies it, and then speaks HTTP/2.
 */
@org.jspecify.annotations.NullMarked
package grpc.spi.credentials;

package grpc.api;

import java.net.SocketAddress;

/**
 * The two ends of the connection that carries a call.
 *
 * @param remote the other side's address
 * @param local this side's address
 * @param attributes what the transport knows besides, such as the TLS session
 */
public record Peer(SocketAddress remote, SocketAddress local, Attributes attributes) {}

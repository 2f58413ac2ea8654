package grpc.kernel.subchannel;

import grpc.api.Peer;
import grpc.spi.transport.ClientTransport;

/**
 * A connection that can carry calls.
 *
 * @param transport the connection
 * @param peer its two ends
 */
public record ReadyConnection(ClientTransport transport, Peer peer) {}

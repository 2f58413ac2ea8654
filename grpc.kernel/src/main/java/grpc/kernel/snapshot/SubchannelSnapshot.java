package grpc.kernel.snapshot;

import grpc.api.Status;
import grpc.spi.balancer.ConnectivityState;
import grpc.spi.resolver.Address;
import java.util.Optional;

/**
 * A connection of a channel at one moment.
 *
 * @param address where it leads
 * @param state its connectivity
 * @param lastFailure why the last attempt to connect failed, also after one has succeeded; empty
 *     where none has
 */
public record SubchannelSnapshot(
    Address address, ConnectivityState state, Optional<Status> lastFailure) {}

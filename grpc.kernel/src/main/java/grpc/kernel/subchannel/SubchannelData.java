package grpc.kernel.subchannel;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.kernel.info.SubchannelSnapshot;
import grpc.spi.resolver.Address;
import java.util.Optional;

/** The values of a connection's snapshot. */
record SubchannelData(Address address, ConnectivityState state, Optional<Status> lastFailure)
    implements SubchannelSnapshot {}

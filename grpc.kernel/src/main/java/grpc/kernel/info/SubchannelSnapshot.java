package grpc.kernel.info;

import grpc.api.ConnectivityState;
import grpc.api.Status;
import grpc.spi.resolver.Address;
import java.util.Optional;

/**
 * A connection of a channel at one moment. Only the kernel implements it, and may add methods.
 * Immutable.
 */
public interface SubchannelSnapshot {
  /** {@return where it leads} */
  Address address();

  /** {@return its connectivity} */
  ConnectivityState state();

  /**
   * {@return why the last attempt to connect failed, also after one has succeeded; empty if none
   * has failed}
   */
  Optional<Status> lastFailure();
}

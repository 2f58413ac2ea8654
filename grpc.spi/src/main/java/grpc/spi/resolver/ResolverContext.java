package grpc.spi.resolver;

import grpc.api.Status;
import grpc.spi.schedule.SerialScheduler;

/** A resolver's view of its channel. The kernel implements it. */
public interface ResolverContext {
  /**
   * Publishes the whole current resolution, or the failure to get one; on the channel's serial
   * executor only. Has no effect after the resolver was closed.
   *
   * @return OK, or the reason why the channel cannot use it: then try again, with backoff
   */
  Status publish(ResolverState resolution);

  /** {@return the channel's serial executor} */
  SerialScheduler scheduler();

  /** {@return the port for endpoints without one} */
  int defaultPort();
}

package grpc.spi.resolver;

import grpc.api.Status;
import grpc.spi.schedule.SerialScheduler;

/** A resolver's window on its channel; implemented by the kernel. */
public interface ResolverContext {
  /**
   * Publishes the whole current resolution; on the channel's serial executor only.
   *
   * @return OK, or why the channel cannot use it: then the resolver tries again, with backoff
   */
  Status publish(ResolverState resolution);

  /** {@return the channel's serial executor} */
  SerialScheduler scheduler();

  /** {@return the port of endpoints that name none} */
  int defaultPort();
}

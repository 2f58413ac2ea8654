package grpc.spi.health;

import grpc.api.ConnectivityState;
import grpc.spi.schedule.SerialScheduler;
import grpc.spi.transport.ClientTransport;

/** What a health checker needs of the channel; implemented by the kernel. */
public interface HealthContext {
  /** {@return the connection, which is READY} */
  ClientTransport connection();

  /** {@return the service whose health is asked for; the empty name is the whole server} */
  String service();

  /** {@return the {@code :authority} of the channel's calls} */
  String authority();

  /** {@return the channel's serial executor} */
  SerialScheduler scheduler();

  /**
   * Tells the health; on the channel's serial executor only.
   *
   * @param health READY where the service is healthy, TRANSIENT_FAILURE with the reason where not
   */
  void update(ConnectivityState health);
}

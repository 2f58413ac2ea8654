package grpc.spi.health;

import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;

/** A health checker's view of its channel. The kernel implements it. */
public interface HealthContext {
  /**
   * {@return a channel whose calls all use this connection, which is READY} As with {@link
   * SubConn#channel}, calls block, so make them on a virtual thread. They end when the connection
   * leaves READY.
   */
  Channel channel();

  /** {@return the name of the service to check; the empty name is the whole server} */
  String service();

  /** {@return the address of the connection, for messages to people} */
  Address address();

  /** {@return the channel's serial executor} */
  SerialScheduler scheduler();

  /**
   * Reports the health. Call it on each change, on the channel's serial executor only.
   *
   * @param health READY if the service is healthy, TRANSIENT_FAILURE with the reason if not
   */
  void update(ConnectivityState health);
}

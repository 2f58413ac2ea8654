package grpc.spi.health;

import grpc.api.Channel;
import grpc.api.ConnectivityState;
import grpc.spi.balancer.SubConn;
import grpc.spi.resolver.Address;
import grpc.spi.schedule.SerialScheduler;

/** What a health checker needs of the channel; implemented by the kernel. */
public interface HealthContext {
  /**
   * {@return calls to the connection in question, which is READY, and to no other} As {@link
   * SubConn#channel}: calls block, so make them on a virtual thread. They end when the connection
   * is READY no more.
   */
  Channel channel();

  /** {@return the service whose health is asked for; the empty name is the whole server} */
  String service();

  /** {@return the address of the connection, for messages to people} */
  Address address();

  /** {@return the channel's serial executor} */
  SerialScheduler scheduler();

  /**
   * Gives the health, whenever it changes; on the channel's serial executor only.
   *
   * @param health READY if the service is healthy, TRANSIENT_FAILURE with the reason if not
   */
  void update(ConnectivityState health);
}

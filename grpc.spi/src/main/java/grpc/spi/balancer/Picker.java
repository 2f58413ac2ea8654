package grpc.spi.balancer;

/**
 * An immutable snapshot of a balancer. Calls ask it on their own threads, many at once, and again
 * after the balancer has published another one or was closed.
 *
 * <p>Your picker must not block, take locks that a thread may hold for long, or throw. If it
 * throws, or returns null, the call fails with INTERNAL.
 *
 * <p><b>The answer in each state.</b>
 *
 * <ul>
 *   <li>READY: a subchannel that was READY when the picker was made. If it is no longer READY, the
 *       kernel waits for the next picker and asks that one.
 *   <li>CONNECTING: {@link #QUEUE}.
 *   <li>IDLE: queue the call, and connect: the kernel does not do it. Let the first pick schedule
 *       your own {@link Balancer#exitIdle}, as {@code context.scheduler().execute(this::exitIdle)};
 *       do not do it on the caller's thread. A picker that only queues leaves the call waiting
 *       until its deadline.
 *   <li>TRANSIENT_FAILURE: the status of the failure ({@link BalancerContext#fail}). The kernel
 *       still queues calls that wait for ready.
 * </ul>
 */
@FunctionalInterface
public interface Picker {
  /** Queues every call. */
  Picker QUEUE = of(PickResult.QUEUE);

  /** {@return a picker that has one answer for all calls} */
  static Picker of(PickResult answer) {
    return info -> answer;
  }

  /** {@return the answer for this call} */
  PickResult pick(PickInfo info);
}

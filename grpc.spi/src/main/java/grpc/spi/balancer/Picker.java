package grpc.spi.balancer;

/** An immutable snapshot of a balancer, asked once a call on the caller's thread. Never blocks. */
@FunctionalInterface
public interface Picker {
  /** Queues every call. */
  Picker QUEUE = info -> PickResult.QUEUE;

  /** {@return where the call shall go} */
  PickResult pick(PickInfo info);
}

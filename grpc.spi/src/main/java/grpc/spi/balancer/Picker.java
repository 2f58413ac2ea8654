package grpc.spi.balancer;

/** An immutable snapshot of a balancer, asked once a call on the caller's thread. Never blocks. */
@FunctionalInterface
public interface Picker {
  /** Queues every call. */
  Picker QUEUE = of(PickResult.QUEUE);

  /** {@return a picker that has one answer for all calls} */
  static Picker of(PickResult answer) {
    return info -> answer;
  }

  /** {@return where the call shall go} */
  PickResult pick(PickInfo info);
}

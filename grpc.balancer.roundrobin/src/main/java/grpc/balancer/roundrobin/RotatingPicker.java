package grpc.balancer.roundrobin;

import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Asks the pickers in turn. A pick changes only one shared counter. */
final class RotatingPicker implements Picker {
  private final Picker[] pickers;
  private final AtomicInteger next;

  /** Starts anywhere, so that many clients do not all start at the same endpoint. */
  RotatingPicker(List<Picker> pickers, RandomGenerator random) {
    this.pickers = pickers.toArray(Picker[]::new);
    this.next = new AtomicInteger(random.nextInt(pickers.size()));
  }

  @Override
  public PickResult pick(PickInfo info) {
    int turn = Integer.remainderUnsigned(next.getAndIncrement(), pickers.length);
    return pickers[turn].pick(info);
  }
}

package grpc.balancer.weightedtarget;

import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/** Draws a picker by weight. */
final class WeightedPicker implements Picker {
  private final long[] ends;
  private final Picker[] pickers;
  private final LongUnaryOperator random;

  WeightedPicker(long[] weights, Picker[] pickers, LongUnaryOperator random) {
    this.ends = weights.clone();
    Arrays.parallelPrefix(ends, Long::sum);
    this.pickers = pickers;
    this.random = random;
  }

  @Override
  public PickResult pick(PickInfo info) {
    long drawn = random.applyAsLong(ends[ends.length - 1]);
    int found = Arrays.binarySearch(ends, drawn);
    return pickers[found < 0 ? -found - 1 : found + 1].pick(info);
  }
}

package grpc.balancer.leastrequest;

import grpc.spi.balancer.PickInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.balancer.Picker;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** Draws a few endpoints, possibly one twice, and takes the one with the fewest calls (A48). */
final class LeastRequestPicker implements Picker {
  /**
   * An endpoint.
   *
   * @param picker its picker
   * @param running the number of its running calls
   */
  record Choice(Picker picker, AtomicInteger running) {}

  private final Choice[] choices;
  private final int draws;
  private final IntUnaryOperator random;

  LeastRequestPicker(List<Choice> choices, int draws, IntUnaryOperator random) {
    this.choices = choices.toArray(Choice[]::new);
    this.draws = draws;
    this.random = random;
  }

  @Override
  public PickResult pick(PickInfo info) {
    var best = choices[random.applyAsInt(choices.length)];
    for (int drawn = 1; drawn < draws; drawn++) {
      var other = choices[random.applyAsInt(choices.length)];
      best = other.running.get() < best.running.get() ? other : best;
    }
    var result = best.picker.pick(info);
    return result instanceof PickResult.Complete complete
        ? counted(complete, best.running)
        : result;
  }

  private static PickResult counted(PickResult.Complete complete, AtomicInteger running) {
    running.incrementAndGet();
    return complete.withOnDone(done -> {
      running.decrementAndGet();
      complete.onDone().accept(done);
    });
  }
}

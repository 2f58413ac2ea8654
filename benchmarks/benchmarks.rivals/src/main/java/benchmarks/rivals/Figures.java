package benchmarks.rivals;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a measurement gave.
 *
 * @param cost CPU microseconds a call, or milliseconds to the first answer
 * @param bytes allocated a call, 0 where that was not measured
 */
record Figures(double cost, double bytes) {
  static Figures median(List<Figures> rounds) {
    return new Figures(median(rounds, Figures::cost), median(rounds, Figures::bytes));
  }

  private static double median(List<Figures> rounds, ToDoubleFunction<Figures> of) {
    return rounds.stream().mapToDouble(of).sorted().skip(rounds.size() / 2).findFirst().orElse(0);
  }
}

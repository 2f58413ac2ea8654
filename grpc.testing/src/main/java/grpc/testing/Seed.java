package grpc.testing;

import java.util.Random;
import java.util.function.Consumer;

/**
 * The seed of a randomized test. Each run has another one. A failure's message has its seed; {@code
 * -Dgrpc.testing.seed=…} runs the test with it again.
 *
 * @param value the seed
 */
public record Seed(long value) {
  /** The system property that fixes the seed. */
  public static final String PROPERTY = "grpc.testing.seed";

  /** {@return the seed of this run} */
  public static Seed ofRun() {
    return new Seed(Long.getLong(PROPERTY, System.nanoTime()));
  }

  /** Runs a test with random numbers of this seed; its failure names the seed. */
  public void run(Consumer<Random> test) {
    try {
      test.accept(new Random(value));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s%n(to run it again: -D%s=%d)".formatted(e.getMessage(), PROPERTY, value), e);
    }
  }
}

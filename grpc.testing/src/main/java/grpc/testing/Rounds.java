package grpc.testing;

/**
 * How often a contract's randomized test repeats itself, each time with another seed. It is {@value
 * #DEFAULT} times, which takes seconds; {@code -Dgrpc.testing.rounds=…} says otherwise: 100 while a
 * provider is being written, 100,000 before a release.
 *
 * @param count how often, at least once
 */
public record Rounds(int count) {
  /** The system property that sets the count. */
  public static final String PROPERTY = "grpc.testing.rounds";

  /** The count unless the property is set. */
  public static final int DEFAULT = 1_000;

  /** Checks the count. */
  public Rounds {
    if (count < 1) {
      throw new IllegalArgumentException(
          "%s: %d (expected: at least 1)".formatted(PROPERTY, count));
    }
  }

  /**
   * {@return the count of this run}
   *
   * @throws IllegalArgumentException when the property is no whole number of at least 1
   */
  public static Rounds ofRun() {
    String text = System.getProperty(PROPERTY, Integer.toString(DEFAULT));
    try {
      return new Rounds(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: %s (expected: a whole number of at least 1)".formatted(PROPERTY, text), e);
    }
  }
}

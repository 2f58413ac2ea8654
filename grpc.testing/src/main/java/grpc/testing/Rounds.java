package grpc.testing;

/**
 * The number of rounds of a contract's randomized test, each with another seed. The default is
 * {@value #DEFAULT}, which takes seconds. Set {@code -Dgrpc.testing.rounds=…}: 100 while you write
 * a provider, 100,000 before a release.
 *
 * @param count the number of rounds, at least 1
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
   * @throws IllegalArgumentException when the property is not a whole number of at least 1
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

package benchmarks;

/**
 * Durations in buckets that are at most 1/32 wide of what they hold. For one thread, until they are
 * added up.
 */
final class Latencies {
  private static final int BITS = 5;
  private static final int PER_OCTAVE = 1 << BITS;

  private final long[] buckets = new long[Long.SIZE * PER_OCTAVE];
  private long operations;

  /** Records an operation, or several that took so long together. */
  void record(long nanos, int count) {
    buckets[bucket(nanos / count)] += count;
    operations += count;
  }

  void add(Latencies other) {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] += other.buckets[i];
    }
    operations += other.operations;
  }

  long operations() {
    return operations;
  }

  /** {@return the latency in microseconds that this share of the operations did not exceed} */
  double micros(double share) {
    long seen = 0;
    for (int i = 0; i < buckets.length; i++) {
      seen += buckets[i];
      if (seen >= share * operations && seen > 0) {
        return upper(i) / 1e3;
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    if (nanos < PER_OCTAVE) {
      return (int) nanos;
    }
    int shift = Long.SIZE - Long.numberOfLeadingZeros(nanos) - BITS - 1;
    return shift * PER_OCTAVE + (int) (nanos >>> shift);
  }

  private static double upper(int bucket) {
    int shift = Math.max(0, bucket / PER_OCTAVE - 1);
    return (double) (bucket - shift * PER_OCTAVE + 1) * (1L << shift);
  }
}

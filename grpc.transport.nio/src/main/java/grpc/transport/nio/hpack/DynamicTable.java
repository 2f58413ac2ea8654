package grpc.transport.nio.hpack;

import java.util.Arrays;

/**
 * The dynamic table (RFC 7541 §2.3.2 and §4): first in, first out, bounded by size. Every insertion
 * has a number, counted from 1, that stays the same while the entry's index moves; the entry is
 * alive as long as its number is among the latest {@link #count}.
 */
final class DynamicTable {
  /** The overhead of an entry beside its name and value (§4.1). */
  static final int ENTRY_OVERHEAD = 32;

  private static final int FIRST_SLOTS = 16;

  private String[] names = new String[FIRST_SLOTS];
  private String[] values = new String[FIRST_SLOTS];
  private long inserted;
  private int count;
  private int size;
  private int maxSize;

  DynamicTable(int maxSize) {
    this.maxSize = maxSize;
  }

  /** The size of an entry as §4.1 counts it. */
  static int sizeOf(int nameLength, int valueLength) {
    return nameLength + valueLength + ENTRY_OVERHEAD;
  }

  int count() {
    return count;
  }

  int size() {
    return size;
  }

  int maxSize() {
    return maxSize;
  }

  /** The number of the latest insertion, 0 before the first. */
  long inserted() {
    return inserted;
  }

  /** {@return whether the entry of this insertion, 0 or more, is still there} */
  boolean isAlive(long insertion) {
    return insertion > inserted - count && insertion > 0;
  }

  /** The 1-based index of a live entry, the latest first. */
  int place(long insertion) {
    return (int) (inserted - insertion) + 1;
  }

  /** The insertion at a 1-based place. */
  long insertionAt(int place) {
    return inserted - place + 1;
  }

  String name(long insertion) {
    return names[slot(insertion)];
  }

  String value(long insertion) {
    return values[slot(insertion)];
  }

  /** The slot of this insertion in a ring of {@link #slots}. */
  int slot(long insertion) {
    return (int) insertion & (names.length - 1);
  }

  /** The present length of the ring, a power of two that only grows. */
  int slots() {
    return names.length;
  }

  /** Evicts until a new maximum is met (§4.3). */
  void maxSize(int bytes) {
    maxSize = bytes;
    evictTo(bytes);
  }

  /**
   * Adds an entry; evicts the oldest until there is room. One larger than the table empties it and
   * is not kept (§4.4).
   *
   * @return whether the entry was kept, as insertion {@link #inserted}
   */
  boolean add(String name, String value) {
    int entry = sizeOf(name.length(), value.length());
    evictTo(Math.max(maxSize - entry, 0));
    if (entry > maxSize) {
      return false;
    }
    if (count == names.length) {
      grow();
    }
    inserted++;
    count++;
    size += entry;
    names[slot(inserted)] = name;
    values[slot(inserted)] = value;
    return true;
  }

  /** Empties the table, as an entry larger than all of it does (§4.4). */
  void clear() {
    evictTo(0);
  }

  private void evictTo(int bytes) {
    while (size > bytes) {
      int oldest = slot(inserted - count + 1);
      size -= sizeOf(names[oldest].length(), values[oldest].length());
      names[oldest] = "";
      values[oldest] = "";
      count--;
    }
  }

  private void grow() {
    String[] oldNames = names;
    String[] oldValues = values;
    int mask = oldNames.length - 1;
    names = new String[oldNames.length * 2];
    values = new String[oldNames.length * 2];
    Arrays.fill(names, "");
    Arrays.fill(values, "");
    for (long n = inserted - count + 1; n <= inserted; n++) {
      names[slot(n)] = oldNames[(int) n & mask];
      values[slot(n)] = oldValues[(int) n & mask];
    }
  }
}

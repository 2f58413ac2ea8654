package grpc.transport.nio.hpack;

import java.util.Arrays;

/**
 * The encoder's dynamic table, found by hash. Chains lead from the latest insertion to older ones,
 * and entries are evicted in the order of their insertion, so a chain ends at the first evicted
 * one: entries are never unlinked.
 */
final class EncoderTable {
  private static final int FIRST_HEADS = 32;

  private final DynamicTable table;
  private long[] nameHeads = new long[FIRST_HEADS];
  private long[] pairHeads = new long[FIRST_HEADS];
  private long[] olderNames;
  private long[] olderPairs;

  EncoderTable(int maxSize) {
    table = new DynamicTable(maxSize);
    olderNames = new long[table.slots()];
    olderPairs = new long[table.slots()];
  }

  /** A hash of a field; both strings cache theirs. */
  static int hash(String name, String value) {
    return name.hashCode() * 31 + value.hashCode();
  }

  int maxSize() {
    return table.maxSize();
  }

  void maxSize(int bytes) {
    table.maxSize(bytes);
  }

  /** The index of the latest entry with this name and value, or 0. */
  int find(String name, String value, int hash) {
    long n = pairHeads[bucket(hash)];
    while (table.isAlive(n)) {
      if (table.value(n).equals(value) && table.name(n).equals(name)) {
        return index(n);
      }
      n = olderPairs[table.slot(n)];
    }
    return 0;
  }

  /** The index of the latest entry with this name, or 0. */
  int findName(String name) {
    long n = nameHeads[bucket(name.hashCode())];
    while (table.isAlive(n)) {
      if (table.name(n).equals(name)) {
        return index(n);
      }
      n = olderNames[table.slot(n)];
    }
    return 0;
  }

  /** Adds an entry, as the peer's decoder will. */
  void add(String name, String value, int hash) {
    int slots = table.slots();
    if (!table.add(name, value)) {
      return;
    }
    if (table.slots() != slots) {
      rehash(slots);
    }
    link(table.inserted(), name.hashCode(), hash);
  }

  private void link(long n, int nameHash, int pairHash) {
    int slot = table.slot(n);
    int nameBucket = bucket(nameHash);
    int pairBucket = bucket(pairHash);
    olderNames[slot] = nameHeads[nameBucket];
    olderPairs[slot] = pairHeads[pairBucket];
    nameHeads[nameBucket] = n;
    pairHeads[pairBucket] = n;
  }

  /** The table's ring has grown: all but the latest entry are linked anew. */
  private void rehash(int slotsBefore) {
    int slots = table.slots();
    olderNames = new long[slots];
    olderPairs = new long[slots];
    if (nameHeads.length < 2 * slots) {
      nameHeads = new long[2 * slots];
      pairHeads = new long[2 * slots];
    }
    Arrays.fill(nameHeads, 0);
    Arrays.fill(pairHeads, 0);
    long latest = table.inserted();
    for (long n = Math.max(latest - slotsBefore, 1); n < latest; n++) {
      if (!table.isAlive(n)) {
        continue;
      }
      String name = table.name(n);
      link(n, name.hashCode(), hash(name, table.value(n)));
    }
  }

  private int index(long insertion) {
    return StaticTable.SIZE + table.place(insertion);
  }

  private int bucket(int hash) {
    return (hash ^ hash >>> 16) & (nameHeads.length - 1);
  }
}

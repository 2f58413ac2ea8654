package grpc.transport.nio.hpack;

import java.nio.ByteBuffer;

/**
 * Encodes field blocks (RFC 7541) for one direction of one connection. Owned by the holder of the
 * writer role: send everything that is encoded, in this order, or the peer's table is lost.
 *
 * <p>Buffers are big-endian and have room for {@link #maxEncodedSize} of each field and {@link
 * #MAX_BLOCK_START} for each block; there is no check before the first byte is written.
 */
public final class HpackEncoder {
  /** Most bytes that {@link #beginBlock} writes. */
  public static final int MAX_BLOCK_START = 2 * Literal.LONGEST_INTEGER;

  private static final int DEFAULT_TABLE_SIZE = 4096; // RFC 9113 §6.5.2
  private static final int NONE = -1;

  private static final int INDEXED = 0x80;
  private static final int WITH_INDEXING = 0x40;
  private static final int SIZE_UPDATE = 0x20;
  private static final int NEVER_INDEXED = 0x10;

  private final int cap;
  private final EncoderTable table;

  /**
   * The smallest table size since the last block, which the next block announces first (§4.2), or
   * {@link #NONE}.
   */
  private int smallest = NONE;

  /**
   * An encoder for a peer that has sent no SETTINGS yet.
   *
   * @param maxTableSizeWeUse the most bytes of dynamic table that this side uses, even if the peer
   *     allows more
   */
  public HpackEncoder(int maxTableSizeWeUse) {
    cap = maxTableSizeWeUse;
    table = new EncoderTable(DEFAULT_TABLE_SIZE);
    if (cap < DEFAULT_TABLE_SIZE) {
      use(cap);
    }
  }

  /**
   * The most bytes a field takes, so that the caller can make room first. Also true of NEVER_INDEX.
   */
  public static int maxEncodedSize(String name, String value) {
    return 3 * Literal.LONGEST_INTEGER + name.length() + value.length();
  }

  /**
   * Takes over the peer's SETTINGS_HEADER_TABLE_SIZE in bytes. The next block begins with the size
   * update.
   */
  public void setMaxTableSize(long peerSetting) {
    int size = (int) Math.min(peerSetting, cap);
    if (size != table.maxSize()) {
      use(size);
    }
  }

  /** Begins a field block: {@link #MAX_BLOCK_START} bytes at most, usually none. */
  public void beginBlock(ByteBuffer out) {
    if (smallest == NONE) {
      return;
    }
    if (smallest < table.maxSize()) {
      Literal.integer(out, SIZE_UPDATE, 5, smallest);
    }
    Literal.integer(out, SIZE_UPDATE, 5, table.maxSize());
    smallest = NONE;
  }

  /**
   * Writes one field.
   *
   * @param name the name in lower case, Latin-1
   * @param value the value, Latin-1; chars outside of it become {@code ?}
   */
  public void encode(ByteBuffer out, String name, String value, Indexing indexing) {
    int hash = EncoderTable.hash(name, value);
    int nameIndex = StaticTable.find(name);
    if (indexing != Indexing.NEVER_INDEX) {
      int index = nameIndex == 0 ? 0 : StaticTable.findValue(nameIndex, value);
      if (index == 0) {
        index = table.find(name, value, hash);
      }
      if (index != 0) {
        Literal.integer(out, INDEXED, 7, index);
        return;
      }
    }
    if (nameIndex == 0) {
      nameIndex = table.findName(name);
    }
    boolean wanted =
        indexing == Indexing.INDEX || indexing == Indexing.INDEX_NAME && nameIndex == 0;
    boolean index = wanted && isWorthIndexing(name, value);
    if (index) {
      Literal.integer(out, WITH_INDEXING, 6, nameIndex);
    } else {
      int pattern = indexing == Indexing.NEVER_INDEX ? NEVER_INDEXED : 0;
      Literal.integer(out, pattern, 4, nameIndex);
    }
    if (nameIndex == 0) {
      Literal.string(out, name);
    }
    Literal.string(out, value);
    if (index) {
      table.add(name, value, hash);
    }
  }

  /** Writes a prepared field, by its index if the table still has it: no allocation, no coding. */
  public void encode(ByteBuffer out, HpackField field) {
    int index = field.staticPair;
    if (index == 0) {
      index = table.find(field.name(), field.value(), field.hash);
    }
    if (index != 0) {
      Literal.integer(out, INDEXED, 7, index);
      return;
    }
    int nameIndex = field.staticName;
    if (nameIndex == 0) {
      nameIndex = table.findName(field.name());
    }
    boolean add = isWorthIndexing(field.name(), field.value());
    if (add) {
      Literal.integer(out, WITH_INDEXING, 6, nameIndex);
    } else {
      Literal.integer(out, 0, 4, nameIndex);
    }
    if (nameIndex == 0) {
      out.put(field.nameLiteral);
    }
    out.put(field.valueLiteral);
    if (add) {
      table.add(field.name(), field.value(), field.hash);
    }
  }

  /** Whether the entry leaves a quarter of the table to others. */
  private boolean isWorthIndexing(String name, String value) {
    long size = DynamicTable.ENTRY_OVERHEAD + (long) name.length() + value.length();
    return size <= table.maxSize() / 4L * 3;
  }

  private void use(int size) {
    table.maxSize(size);
    smallest = smallest == NONE ? size : Math.min(smallest, size);
  }
}

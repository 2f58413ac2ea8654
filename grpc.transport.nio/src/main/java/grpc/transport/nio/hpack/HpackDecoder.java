package grpc.transport.nio.hpack;

import java.nio.ByteBuffer;

/**
 * Decodes field blocks (RFC 7541) of one direction of one connection, fragment by fragment. Owned
 * by the reading thread. After an exception the tables are out of step: do not use the decoder
 * again.
 *
 * <p>A block over the limit is still decoded to its end, so that the table stays in step and the
 * connection can live. Its further fields are neither delivered nor kept.
 */
public final class HpackDecoder {
  private static final int DEFAULT_TABLE_SIZE = 4096; // RFC 9113 §6.5.2
  private static final int LEAST_FIELD_LIMIT = 64 * 1024;

  private final FieldBytes bytes;
  private final DecodedStrings strings = new DecodedStrings();
  private final DynamicTable table;
  private final long maxListSize;

  /** The latest insertion with an invalid value; 0 if there was none. */
  private long lastMalformed;

  private int maxTableSize;
  private boolean updateRequired;
  private boolean inBlock;
  private boolean updateAllowed;
  private long listSize;

  /**
   * A decoder with an empty table of {@code maxTableSize} bytes, at most 4096 until the peer asks
   * for more. If our SETTINGS_HEADER_TABLE_SIZE is less than 4096, begin with 4096 and call {@link
   * #setMaxTableSize} when the peer acknowledges the SETTINGS.
   *
   * @param maxTableSize our SETTINGS_HEADER_TABLE_SIZE in bytes
   * @param maxHeaderListSize the limit of a header list in bytes, as RFC 9113 §6.5.2 counts them
   */
  public HpackDecoder(int maxTableSize, long maxHeaderListSize) {
    this.maxTableSize = maxTableSize;
    maxListSize = maxHeaderListSize;
    table = new DynamicTable(Math.min(maxTableSize, DEFAULT_TABLE_SIZE));
    long fieldLimit = Math.max(LEAST_FIELD_LIMIT, Math.max(2L * maxTableSize, maxHeaderListSize));
    bytes = new FieldBytes((int) Math.min(fieldLimit, 1 << 24));
  }

  /**
   * A new SETTINGS_HEADER_TABLE_SIZE of ours in bytes, once the peer has acknowledged it. If the
   * peer's table is larger, its next block must begin with a size update (RFC 7541 §4.2).
   */
  public void setMaxTableSize(int size) {
    maxTableSize = size;
    updateRequired = table.maxSize() > size;
  }

  /**
   * Decodes one fragment of a block: that of HEADERS, then those of CONTINUATIONs. A field may be
   * split anywhere.
   *
   * @param fragment is consumed
   * @throws HpackException if the block is malformed, or one field takes more than 64 KiB and more
   *     than the header list's limit
   */
  public void decode(ByteBuffer fragment, HeaderSink sink) throws HpackException {
    begin();
    bytes.add(fragment);
    while (bytes.hasRemaining()) {
      bytes.mark();
      if (!field(sink)) {
        bytes.keepFromMark();
        return;
      }
    }
    bytes.clear();
  }

  /** Ends the block; an incomplete field is an error. */
  public void endHeaders() throws HpackException {
    begin();
    inBlock = false;
    if (bytes.hasKept()) {
      throw new HpackException("field block: ends inside a field");
    }
    bytes.trim();
    strings.trim();
  }

  /** Whether the list of the present or, between blocks, the last block is over the limit. */
  public boolean overLimit() {
    return listSize > maxListSize;
  }

  /** The size of that list in bytes: name, value and 32 for each field (RFC 9113 §6.5.2). */
  long listSize() {
    return listSize;
  }

  private void begin() {
    if (inBlock) {
      return;
    }
    inBlock = true;
    updateAllowed = true;
    listSize = 0;
  }

  /** Decodes one representation (§6); false, with no change, if it is incomplete. */
  private boolean field(HeaderSink sink) throws HpackException {
    int first = bytes.next();
    if ((first & 0xe0) == 0x20) {
      return tableSize(first);
    }
    if (first >= 0x80) {
      int index = bytes.integer(first, 7);
      if (index < 0) {
        return false;
      }
      beginField();
      indexed(index, sink);
      return true;
    }
    boolean indexing = first >= 0x40;
    int name = bytes.integer(first, indexing ? 6 : 4);
    if (name < 0 || name == 0 && !bytes.name() || !bytes.value()) {
      return false;
    }
    beginField();
    literal(name, indexing, (first & 0xf0) == 0x10, sink);
    return true;
  }

  private void beginField() throws HpackException {
    updateAllowed = false;
    if (updateRequired) {
      throw new HpackException(
          "table size: "
              + table.maxSize()
              + " (expected: an update to at most "
              + maxTableSize
              + ")");
    }
  }

  private void indexed(int index, HeaderSink sink) throws HpackException {
    String name = nameAt(index);
    String value =
        index <= StaticTable.SIZE
            ? StaticTable.value(index)
            : table.value(table.insertionAt(index - StaticTable.SIZE));
    if (count(name.length(), value.length())) {
      if (table.isAlive(lastMalformed) && !isFieldValue(value)) {
        sink.malformedValue(name);
      }
      sink.header(name, value, false);
    }
  }

  private static boolean isFieldValue(String value) { // RFC 9113 §8.2.1
    return value.equals(value.strip())
        && value.indexOf('\0') < 0
        && value.indexOf('\r') < 0
        && value.indexOf('\n') < 0;
  }

  private void literal(int index, boolean indexing, boolean neverIndexed, HeaderSink sink)
      throws HpackException {
    String name = "";
    int nameLength;
    if (index != 0) {
      name = nameAt(index);
      nameLength = name.length();
    } else {
      nameLength = strings.decodeName(bytes);
    }
    int valueLength = strings.decodeValue(bytes);
    boolean deliver = count(nameLength, valueLength);
    long size = (long) nameLength + valueLength + DynamicTable.ENTRY_OVERHEAD;
    boolean keep = indexing && size <= table.maxSize();
    if (indexing && !keep) {
      table.clear(); // §4.4
    }
    if (!deliver && !keep) {
      return;
    }
    if (index == 0) {
      name = strings.name(keep);
    }
    boolean valid = strings.isValueValid();
    String value = strings.value(keep);
    if (keep) {
      table.add(name, value);
      if (!valid) {
        lastMalformed = table.inserted();
      }
    }
    if (deliver) {
      if (!valid) {
        sink.malformedValue(name);
      }
      sink.header(name, value, neverIndexed);
    }
  }

  private String nameAt(int index) throws HpackException {
    if (index == 0 || index > StaticTable.SIZE + table.count()) { // §2.3.3
      throw new HpackException(
          "index: " + index + " (expected: 1.." + (StaticTable.SIZE + table.count()) + ")");
    }
    if (index <= StaticTable.SIZE) {
      return StaticTable.name(index);
    }
    return table.name(table.insertionAt(index - StaticTable.SIZE));
  }

  private boolean tableSize(int first) throws HpackException {
    int size = bytes.integer(first, 5);
    if (size < 0) {
      return false;
    }
    if (!updateAllowed) { // §4.2
      throw new HpackException("table size update: after a field (expected: first in the block)");
    }
    if (size > maxTableSize) { // §6.3
      throw new HpackException(
          "table size update: " + size + " (expected: at most " + maxTableSize + ")");
    }
    table.maxSize(size);
    updateRequired = false;
    return true;
  }

  private boolean count(int nameLength, int valueLength) {
    listSize += (long) nameLength + valueLength + DynamicTable.ENTRY_OVERHEAD;
    return !overLimit();
  }
}

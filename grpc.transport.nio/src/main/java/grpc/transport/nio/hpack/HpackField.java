package grpc.transport.nio.hpack;

/**
 * A field that is sent often. Its literal bytes and its hash are computed once. Immutable, shared
 * by the encoders of all connections; each encoder itself knows its dynamic table.
 */
public final class HpackField {
  private final String name;
  private final String value;
  final int hash;

  /** The entry of the static table with this name and value, or 0. */
  final int staticPair;

  /** The first entry of the static table with this name, or 0. */
  final int staticName;

  /** The name as a string literal; empty if the static table has it. */
  final byte[] nameLiteral;

  /** The value as a string literal. */
  final byte[] valueLiteral;

  private HpackField(String name, String value) {
    this.name = name;
    this.value = value;
    hash = EncoderTable.hash(name, value);
    staticName = StaticTable.find(name);
    staticPair = staticName == 0 ? 0 : StaticTable.findValue(staticName, value);
    nameLiteral = staticName == 0 ? Literal.bytes(name) : new byte[0];
    valueLiteral = Literal.bytes(value);
  }

  /** A field with this name (lower case) and value, both Latin-1. */
  public static HpackField of(String name, String value) {
    return new HpackField(name, value);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The value. */
  public String value() {
    return value;
  }

  /** The most bytes that {@link HpackEncoder#encode(java.nio.ByteBuffer, HpackField)} writes. */
  public int maxEncodedSize() {
    return Literal.LONGEST_INTEGER + nameLiteral.length + valueLiteral.length;
  }

  /** What the field adds to a header list in bytes (RFC 9113 §6.5.2). */
  public int listSize() {
    return DynamicTable.sizeOf(name.length(), value.length());
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}

package grpc.transport.nio.hpack;

/** What an encoder does with a field's place in the dynamic table (RFC 7541 §6.2). */
public enum Indexing {
  /** Enters the table: for fields that come again with the same value. */
  INDEX,
  /**
   * Enters the table only while the table does not know the name, so that the next one can refer to
   * it: for fields that come again with another value.
   */
  INDEX_NAME,
  /** Stays out of the table: for fields that do not come again. */
  NO_INDEX,
  /** Stays out of every table on the way: for secrets (RFC 7541 §7.1.3). */
  NEVER_INDEX
}

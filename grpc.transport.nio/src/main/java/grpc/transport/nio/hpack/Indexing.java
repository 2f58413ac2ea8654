package grpc.transport.nio.hpack;

/** The use of the dynamic table for a field (RFC 7541 §6.2). */
public enum Indexing {
  /** Enters the table: for fields that repeat with the same value. */
  INDEX,
  /**
   * Enters the table only while the table does not know the name, so that the next one can refer to
   * it: for fields that repeat with another value.
   */
  INDEX_NAME,
  /** Stays out of the table: for fields that do not repeat. */
  NO_INDEX,
  /** Stays out of the tables of all hops: for secrets (RFC 7541 §7.1.3). */
  NEVER_INDEX
}

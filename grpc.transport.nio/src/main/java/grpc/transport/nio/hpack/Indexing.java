package grpc.transport.nio.hpack;

/** What an encoder does with a field's place in the dynamic table (RFC 7541 §6.2). */
public enum Indexing {
  /** Enters the table: for fields that come again with the same value. */
  INDEX,
  /** Stays out of the table: for values that differ each time. */
  NO_INDEX,
  /** Stays out of every table on the way: for secrets (RFC 7541 §7.1.3). */
  NEVER_INDEX
}

package grpc.transport.nio.hpack;

/** Receives the decoded fields of a block, in their order. */
@FunctionalInterface
public interface HeaderSink {
  /**
   * One field.
   *
   * @param name the name, Latin-1, one char per byte; it may be an invalid field name
   * @param value the value, Latin-1, one char per byte; {@link #malformedValue} comes first if it
   *     is invalid
   * @param neverIndexed whether the peer marked it as never indexed; we must not index it, either
   *     (RFC 7541 §6.2.3)
   */
  void header(String name, String value, boolean neverIndexed);

  /**
   * The next field's value is invalid (RFC 9113 §8.2.1): it holds NUL, CR or LF, or begins or ends
   * with a space or a tab.
   *
   * @param name the field's name
   */
  default void malformedValue(String name) {}
}

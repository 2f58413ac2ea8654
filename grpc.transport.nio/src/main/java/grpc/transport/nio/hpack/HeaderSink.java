package grpc.transport.nio.hpack;

/** Receives the decoded fields of a block, in their order. */
@FunctionalInterface
public interface HeaderSink {
  /**
   * One field.
   *
   * @param name the name, Latin-1, one char a byte; not checked for being a valid field name
   * @param value the value, Latin-1, one char a byte; {@link #malformedValue} goes before if it is
   *     none
   * @param neverIndexed whether the peer marked it as never to be indexed, by us neither (RFC 7541
   *     §6.2.3)
   */
  void header(String name, String value, boolean neverIndexed);

  /**
   * The value of the field that comes next is none that a field may have (RFC 9113 §8.2.1): it
   * holds NUL, CR or LF, or begins or ends with a space or a tab.
   *
   * @param name the field's name
   */
  default void malformedValue(String name) {}
}

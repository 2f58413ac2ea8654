package grpc.transport.nio.hpack;

/** Receives the decoded fields of a block, in their order. */
@FunctionalInterface
public interface HeaderSink {
  /**
   * One field.
   *
   * @param name the name, Latin-1, one char a byte; not checked for being a valid field name
   * @param value the value, Latin-1, one char a byte; not checked either
   * @param neverIndexed whether the peer marked it as never to be indexed, by us neither (RFC 7541
   *     §6.2.3)
   */
  void header(String name, String value, boolean neverIndexed);
}

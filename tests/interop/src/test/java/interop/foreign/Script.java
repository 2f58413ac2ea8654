package interop.foreign;

/** What a {@link ForeignServer} does with each request. */
@FunctionalInterface
public interface Script {
  /** A request came whole. On the server's loop, which runs one thing after another. */
  void answer(Exchange exchange);
}

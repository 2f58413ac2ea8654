package grpc.spi.failure;

/**
 * Shortens a text from an untrusted peer, for messages that quote it. A status that quotes all of
 * it may be too large for the peer's header list, and fills the log.
 */
public final class Excerpt {
  /** The most characters to show. */
  public static final int MOST = 100;

  private Excerpt() {}

  /** {@return the text; if it is longer than {@link #MOST}, its beginning and its length} */
  public static String of(String text) {
    if (text.length() <= MOST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
    return text.substring(0, end) + "... (" + text.length() + " characters)";
  }
}

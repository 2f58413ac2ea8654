package grpc.spi.failure;

/**
 * The beginning of a text that a stranger has sent, for messages that quote it. A status that
 * quotes all of it may be too large for the peer's header list, and fills the log.
 */
public final class Excerpt {
  /** Characters of a text that are shown at the most. */
  public static final int MOST = 100;

  private Excerpt() {}

  /** {@return the text; of a longer one than {@link #MOST} its beginning, and how long it is} */
  public static String of(String text) {
    if (text.length() <= MOST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
    return text.substring(0, end) + "... (" + text.length() + " characters)";
  }
}

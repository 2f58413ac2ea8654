package launcher;

import java.io.Serial;

/** A command line that is wrong; the message says what was given and what was expected. */
public final class UsageException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  UsageException(String problem) {
    super(problem);
  }
}

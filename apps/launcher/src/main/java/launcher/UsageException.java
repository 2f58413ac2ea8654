package launcher;

import java.io.Serial;

/** A wrong command line; the message has the given and the expected value. */
public final class UsageException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  UsageException(String problem) {
    super(problem);
  }
}

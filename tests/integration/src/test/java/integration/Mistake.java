package integration;

import grpc.api.StatusException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.function.Executable;

/**
 * Something that a user does wrong.
 *
 * @param name what it is
 * @param told does it, and gives what Tenon says
 */
record Mistake(String name, Callable<String> told) {
  /** One that throws where it is made. */
  static Mistake thrown(String name, Executable mistake) {
    return new Mistake(name, () -> messageOf(mistake));
  }

  /** {@return what is thrown, as its reader sees it} */
  static String messageOf(Executable mistake) {
    try {
      mistake.execute();
    } catch (StatusException e) {
      return e.getMessage(); // the code, and what the status says
    } catch (Throwable e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("nothing was thrown");
  }

  @Override
  public String toString() {
    return name;
  }
}

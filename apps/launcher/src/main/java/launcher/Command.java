package launcher;

/** What a program does once its flags are read. */
@FunctionalInterface
public interface Command {
  /** Does it, and {@return the exit code} */
  int run(Flags flags) throws Exception;
}

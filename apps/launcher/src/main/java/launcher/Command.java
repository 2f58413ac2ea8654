package launcher;

/** The work of a program, after its flags are read. */
@FunctionalInterface
public interface Command {
  /** Does the work; {@return the exit code} */
  int run(Flags flags) throws Exception;
}

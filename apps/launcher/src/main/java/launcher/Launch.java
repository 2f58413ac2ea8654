package launcher;

import grpc.api.StatusException;
import grpc.spi.failure.Reason;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * Runs a command from its command line. An error that the user can fix is one line on the error
 * stream: exit code 2 for a wrong flag, 1 for any other. A stack trace is only for an error that a
 * programmer must fix, and with {@code --trace}.
 */
public final class Launch {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private Launch() {}

  /** Runs the command; ends the process unless the exit code is 0. */
  public static void run(Flags flags, String[] args, Command command) {
    int exit = exitCode(flags, args, command, System.out, System.err);
    if (exit != 0) {
      System.exit(exit);
    }
  }

  /** Runs the command, and {@return the exit code}; does not end the process. */
  @SuppressWarnings("CatchAndPrintStackTrace") // a command has no caller to handle it
  static int exitCode(
      Flags flags, String[] args, Command command, PrintStream out, PrintStream err) {
    try {
      flags.read(args);
      if (flags.on("help")) {
        out.print(flags.help());
        return 0;
      }
      if (flags.on("modules")) {
        out.print(Modules.of(Plugins.runtime(flags).providers()));
        return 0;
      }
      flags.requireAll();
      return command.run(flags);
    } catch (UsageException e) {
      err.printf("%s: %s; see %s --help%n", flags.command(), Reason.of(e), flags.command());
      return WRONG_USAGE;
    } catch (StatusException
        | IllegalArgumentException
        | IllegalStateException
        | UncheckedIOException e) {
      if (flags.on("trace")) {
        e.printStackTrace(err);
      }
      err.printf("%s: %s%n", flags.command(), Reason.of(e));
      return FAILED;
    } catch (Exception e) {
      e.printStackTrace(err);
      return FAILED;
    }
  }
}

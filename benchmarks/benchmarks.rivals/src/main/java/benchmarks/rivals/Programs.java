package benchmarks.rivals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command lines of what is compared, all on this JDK with the same options.
 *
 * @param modules Tenon's modules, as the images are linked from them
 */
record Programs(Path modules) {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String OPTIONAL = "jdk.management";

  List<String> tenonServer(int port, boolean inline) {
    var command = tenon("benchmarks.BenchServer", "--port", Integer.toString(port));
    if (inline) {
      command.add("--inline");
    }
    return command;
  }

  List<String> tenonClient(List<String> flags) {
    return tenon("benchmarks.BenchClient", flags.toArray(String[]::new));
  }

  List<String> rivalServer(int port, String executor) {
    return rival("RivalServer", "--port", Integer.toString(port), "--executor", executor);
  }

  List<String> rivalClient(List<String> flags) {
    return rival("RivalClient", flags.toArray(String[]::new));
  }

  private List<String> tenon(String main, String... flags) {
    var command =
        new ArrayList<>(
            List.of(
                JAVA,
                "--module-path",
                modules.toString(),
                "--add-modules",
                OPTIONAL,
                "--module",
                "benchmarks/" + main));
    command.addAll(List.of(flags));
    return command;
  }

  /** The rival's class path is this program's own, without Tenon's providers. */
  private static List<String> rival(String main, String... flags) {
    var command =
        new ArrayList<>(
            List.of(
                JAVA,
                "--class-path",
                System.getProperty("java.class.path"),
                "benchmarks.rivals." + main));
    command.addAll(List.of(flags));
    return command;
  }
}

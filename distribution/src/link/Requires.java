import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * What the module-info of a jar says that has none of its own.
 *
 * @param always modules that it requires
 * @param ifPresent modules that it does without where they are not there
 * @param uses services that it looks up
 */
record Requires(List<String> always, List<String> ifPresent, List<String> uses) {

  /** {@return what the classes of a module name, as jdeps finds; not what they look up by name} */
  static Requires found(String module, Path modules) {
    var out = new StringWriter();
    int exit =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(out, true),
                new PrintWriter(out, true),
                "--ignore-missing-deps",
                "--no-recursive",
                "--multi-release",
                Integer.toString(Runtime.version().feature()),
                "--module-path",
                modules.toString(),
                "--add-modules",
                "ALL-SYSTEM",
                "--print-module-deps",
                "--module",
                module);
    var lines = out.toString().strip().lines().toList();
    if (exit != 0 || lines.isEmpty()) {
      throw new IllegalStateException(
          "jdeps failed with %d for module %s: %s".formatted(exit, module, out));
    }
    var names = Arrays.stream(lines.getLast().strip().split(",", -1));
    return new Requires(
        names.filter(name -> !name.isEmpty() && !name.equals("java.base")).toList(),
        List.of(),
        List.of());
  }
}

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Links a run-time image. It holds the modules that its specification names and what these require,
 * a launcher in {@code bin/} for each command, and one ahead-of-time cache from a training run of
 * the image itself.
 */
final class ImageLinker {
  private static final String LOGGING = "logback.xml";

  private final Path modules;
  private final ImageSpec spec;
  private final Path image;
  private final Path conf;

  private ImageLinker(Path modules, ImageSpec spec, Path image, Path conf) {
    this.modules = modules;
    this.spec = spec;
    this.image = image;
    this.conf = conf;
  }

  /**
   * Links one image.
   *
   * @param args the folder of modules, the specification, the image's folder, that of logback.xml
   */
  static void link(String[] args) throws Exception {
    var modules = Path.of(args[0]);
    if (!Files.isDirectory(modules)) {
      throw new IllegalArgumentException(modules + " (expected: a folder of modular jars)");
    }
    var conf = Path.of(args[3]);
    if (!Files.isRegularFile(conf.resolve(LOGGING))) {
      throw new IllegalArgumentException(
          "%s (expected: a folder with %s)".formatted(conf, LOGGING));
    }
    var spec = ImageSpec.read(Path.of(args[1]));
    var image = Path.of(args[2]).toAbsolutePath().normalize();
    requireReplaceable(image);
    new ImageLinker(modules, spec, image, conf).run();
  }

  /** Its contents are deleted, so it must be an image, or one that did not get finished. */
  private static void requireReplaceable(Path image) throws IOException {
    if (Files.exists(image) && !Files.isRegularFile(image.resolve("release"))) {
      try (var files = Files.isDirectory(image) ? Files.list(image) : Stream.of(image)) {
        if (files.findAny().isPresent()) {
          throw new IllegalArgumentException(
              image + " (expected: a new folder, or an image to replace)");
        }
      }
    }
  }

  private void run() throws Exception {
    say("linking " + spec.modules().size() + " modules and what they require");
    delete(image);
    jlink(explicitModules());
    Files.createDirectories(image.resolve("conf"));
    Files.copy(
        conf.resolve(LOGGING),
        image.resolve("conf").resolve(LOGGING),
        StandardCopyOption.REPLACE_EXISTING);
    say("training the ahead-of-time cache with " + spec.training());
    train();
    for (var launcher : spec.launchers().entrySet()) {
      launcher(launcher.getKey(), launcher.getValue());
    }
    say("linked " + image + ", " + megabytes(image) + " MB");
  }

  /** Jlink refuses automatic modules: they are given a module-info first. */
  private List<Path> explicitModules() throws IOException {
    Path patched = Files.createDirectories(image.resolveSibling("explicit"));
    var found = ModuleFinder.of(modules).findAll();
    var explicit = new ExplicitModule(modules, patched, spec, this::say);
    var paths = new ArrayList<Path>();
    for (var module : found) {
      Path jar = jar(module);
      paths.add(module.descriptor().isAutomatic() ? explicit.make(jar, module.descriptor()) : jar);
    }
    return paths;
  }

  private static Path jar(ModuleReference module) {
    return Path.of(module.location().orElseThrow());
  }

  private void jlink(List<Path> modulePath) {
    var command =
        List.of(
            "--module-path",
            String.join(
                java.io.File.pathSeparator, modulePath.stream().map(Path::toString).toList()),
            "--add-modules",
            String.join(",", spec.modules()),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--compress",
            "zip-6",
            "--output",
            image.toString());
    var jlink = ToolProvider.findFirst("jlink").orElseThrow();
    int exit = jlink.run(System.out, System.err, command.toArray(String[]::new));
    if (exit != 0) {
      throw new IllegalStateException("jlink failed with " + exit + "; its messages are above");
    }
  }

  private void train() throws Exception {
    var output = image.resolveSibling(image.getFileName() + "-training.log");
    var command =
        List.of(
            image.resolve("bin/java").toString(),
            "-XX:AOTCacheOutput=" + image.resolve("lib/app.aot"),
            "-Dlogback.configurationFile=" + image.resolve("conf/logback.xml"),
            "-m",
            spec.training());
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
      System.err.print(Files.readString(output));
      throw new IllegalStateException("the training run failed with " + exit + "; see above");
    }
  }

  private void launcher(String name, String mainClass) throws IOException {
    Path script = image.resolve("bin").resolve(name);
    Files.writeString(
        script,
        """
        #!/bin/sh
        # JAVA_OPTS: further options of the JVM. With some, such as -XX:+UseZGC or a heap from 32 GB, the ahead-of-time cache
        # does not fit: the program starts without it, later by some tenths of a second; -Xlog:aot:stderr says why.
        home=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
        exec "$home/bin/java" -XX:AOTCache="$home/lib/app.aot" -Xlog:disable -Xlog:all=warning:stderr \\
          -Xlog:aot*=off:stderr -XX:+ExitOnOutOfMemoryError -Dlogback.configurationFile="$home/conf/logback.xml" $JAVA_OPTS \\
          -m %s "$@"
        """
            .formatted(mainClass));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void say(String what) {
    System.out.println(image.getFileName() + ": " + what);
  }

  private static long megabytes(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum() >> 20;
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}

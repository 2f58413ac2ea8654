import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What an image is to hold.
 *
 * @param modules the application and the providers; what they require comes with them
 * @param launchers command names, and {@code module/class} of each; all of one module, which is
 *     what the ahead-of-time cache is good for
 * @param training {@code module/class} of the training run
 * @param automatic what automatic modules require, by their names, where the file says so
 */
record ImageSpec(
    List<String> modules,
    Map<String, String> launchers,
    String training,
    Map<String, Requires> automatic) {
  private static final String LAUNCHER = "launcher.";
  private static final String REQUIRES = "requires.";
  private static final String OPTIONAL = "optional.";
  private static final String USES = "uses.";

  static ImageSpec read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + " (expected: a properties file)");
    }
    var properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    var launchers = new TreeMap<String, String>();
    var automatic = new TreeMap<String, Requires>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(LAUNCHER)) {
        launchers.put(
            key.substring(LAUNCHER.length()), mainClass(key, properties.getProperty(key), file));
      }
      for (String prefix : new String[] {REQUIRES, OPTIONAL, USES}) {
        if (key.startsWith(prefix)) {
          String name = key.substring(prefix.length());
          automatic.put(
              name,
              new Requires(
                  names(properties, REQUIRES + name),
                  names(properties, OPTIONAL + name),
                  names(properties, USES + name)));
        }
      }
    }
    return new ImageSpec(
        names(properties, required(properties, "modules", file)),
        launchers,
        mainClass("training", properties.getProperty(required(properties, "training", file)), file),
        automatic);
  }

  private static String required(Properties properties, String key, Path file) {
    if (properties.getProperty(key, "").isBlank()) {
      throw new IllegalArgumentException(file + ": no line \"" + key + "=…\"");
    }
    return key;
  }

  private static List<String> names(Properties properties, String key) {
    return Arrays.stream(properties.getProperty(key, "").split("[,\\s]+"))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static String mainClass(String key, String value, Path file) {
    if (!value.strip().matches("[\\w.$]+/[\\w.$]+")) {
      throw new IllegalArgumentException(
          "%s: %s=%s (expected: module/class)".formatted(file, key, value));
    }
    return value.strip();
  }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 */
record ImageSpec(List<String> modules, Map<String, String> launchers, String training) {
  private static final String LAUNCHER = "launcher.";

  static ImageSpec read(Path file) throws IOException {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    var launchers = new TreeMap<String, String>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(LAUNCHER)) {
        launchers.put(key.substring(LAUNCHER.length()), properties.getProperty(key));
      }
    }
    return new ImageSpec(
        List.of(required(properties, "modules", file).split("[,\\s]+")),
        launchers,
        required(properties, "training", file));
  }

  private static String required(Properties properties, String key, Path file) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(file + ": no line \"" + key + "=…\"");
    }
    return value.strip();
  }
}

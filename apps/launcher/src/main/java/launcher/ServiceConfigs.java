package launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The service config (A2) of a command's flag, as JSON or as a file. */
public final class ServiceConfigs {
  /** The flag. */
  public static final String FLAG = "service-config";

  private ServiceConfigs() {}

  /**
   * Adds the flag to those of a command.
   *
   * @param about the help text of the flag
   */
  public static Flags flag(Flags flags, String about) {
    return flags.option(FLAG, "JSON|FILE", "", about);
  }

  /**
   * {@return the JSON text of the service config; empty if none is given}
   *
   * @throws UsageException when it is neither a JSON object nor a file that can be read
   */
  public static Optional<String> json(Flags flags) {
    String given = flags.text(FLAG).strip();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(given.startsWith("{") ? given : read(flags, given));
  }

  private static String read(Flags flags, String file) {
    try {
      var path = Path.of(file);
      if (!Files.isRegularFile(path)) {
        throw refusal(flags, file, "there is no such file");
      }
      String text = Files.readString(path).strip();
      if (!text.startsWith("{")) {
        throw refusal(flags, file, "the file holds no JSON object");
      }
      return text;
    } catch (IOException e) {
      throw refusal(flags, file, "the file cannot be read as UTF-8: " + e);
    } catch (InvalidPathException e) {
      throw refusal(flags, file, "there is no such file");
    }
  }

  private static UsageException refusal(Flags flags, String given, String problem) {
    return flags.usage(
        "--%s %s: %s (expected: a JSON object, or the path of a file with one)"
            .formatted(FLAG, given, problem));
  }
}

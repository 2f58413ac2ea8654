package launcher;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The flags of a command: {@code --name value}, {@code --name=value}, or {@code --name} alone for a
 * switch. Every command knows {@code --help}, {@code --modules} and {@code --trace}; {@link Launch}
 * answers these. For one thread.
 */
public final class Flags {
  private record Flag(String name, String value, String about, Optional<String> initial) {
    boolean isSwitch() {
      return value.isEmpty();
    }

    String usage() {
      return "--" + name + (isSwitch() ? "" : " " + value);
    }
  }

  private final String command;
  private final String about;
  private final Map<String, Flag> known = new LinkedHashMap<>();
  private final Map<String, String> given = new LinkedHashMap<>();

  private Flags(String command, String about) {
    this.command = command;
    this.about = about;
    flag("help", "print this");
    flag("modules", "print the providers and their modules");
    flag("trace", "print the stack trace of an error, too");
  }

  /** {@return the flags of a command, without flags of its own} */
  public static Flags of(String command, String about) {
    return new Flags(command, about);
  }

  /** Adds a required flag. */
  public Flags required(String name, String value, String about) {
    known.put(name, new Flag(name, value, about, Optional.empty()));
    return this;
  }

  /** Adds a flag with a default value. */
  public Flags option(String name, String value, String initial, String about) {
    known.put(name, new Flag(name, value, about, Optional.of(initial)));
    return this;
  }

  /** Adds a switch. */
  public Flags flag(String name, String about) {
    known.put(name, new Flag(name, "", about, Optional.of("false")));
    return this;
  }

  boolean knows(String name) {
    return known.containsKey(name);
  }

  /** {@return the flag's value} */
  public String text(String name) {
    Flag flag = known.get(name);
    if (flag == null) {
      throw new IllegalArgumentException("no flag --" + name);
    }
    return given.getOrDefault(name, flag.initial().orElse(""));
  }

  /**
   * {@return the flag's value as a number}
   *
   * @throws UsageException when it is not a whole number, or smaller than {@code least}
   */
  public int number(String name, int least) {
    String text = text(name);
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number that is too small
    }
    throw usage(
        "--%s %s (expected: a whole number from %d to %d)"
            .formatted(name, text, least, Integer.MAX_VALUE));
  }

  /**
   * {@return the flag's value as a TCP port}
   *
   * @param least 0 if 0 may ask for a free port, else 1
   * @throws UsageException when it is not a port
   */
  public int port(String name, int least) {
    String text = text(name);
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= least && port <= 0xFFFF) {
        return port;
      }
    }
    throw usage("--%s %s (expected: a port from %d to 65535)".formatted(name, text, least));
  }

  /**
   * {@return the flag's value, given in seconds}
   *
   * @throws UsageException when it is not a whole number of at least 0
   */
  public Duration seconds(String name) {
    return Duration.ofSeconds(number(name, 0));
  }

  /** {@return whether a switch is on} */
  public boolean on(String name) {
    return text(name).equals("true");
  }

  /** {@return the exception for a value that the command does not accept; throw it} */
  public UsageException usage(String problem) {
    return new UsageException(problem);
  }

  String command() {
    return command;
  }

  void read(String... args) {
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      Flag flag = name.startsWith("--") ? known.get(name.substring(2)) : null;
      if (flag == null) {
        throw usage("unknown argument " + arg);
      }
      if (equals >= 0) {
        give(flag, arg.substring(equals + 1));
      } else if (flag.isSwitch()) {
        give(flag, "true");
      } else if (i + 1 < args.length) {
        give(flag, args[++i]);
      } else {
        throw usage(name + " needs a value: " + flag.usage());
      }
    }
  }

  private void give(Flag flag, String value) {
    if (flag.isSwitch() && !value.equals("true") && !value.equals("false")) {
      throw usage("--%s=%s (expected: true or false)".formatted(flag.name(), value));
    }
    if (given.put(flag.name(), value) != null) {
      throw usage("--" + flag.name() + " is given twice");
    }
  }

  void requireAll() {
    for (Flag flag : known.values()) {
      if (flag.initial().isEmpty() && !given.containsKey(flag.name())) {
        throw usage(flag.usage() + " is missing");
      }
    }
  }

  String help() {
    var help = new StringBuilder(command + ": " + about + "\n\n");
    for (Flag flag : known.values()) {
      String initial =
          flag.isSwitch()
              ? ""
              : flag.initial()
                  .map(value -> value.isEmpty() ? "" : " (default " + value + ")")
                  .orElse(" (required)");
      help.append("  %-24s %s%s%n".formatted(flag.usage(), flag.about(), initial));
    }
    return help.toString();
  }
}

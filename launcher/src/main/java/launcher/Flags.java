package launcher;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The flags of a command: {@code --name value}, {@code --name=value}, or {@code --name} alone for a
 * switch. {@code --help} prints them, {@code --modules} prints what the runtime has found; both end
 * the process with 0, a wrong flag with 2.
 */
public final class Flags {
  private static final int USAGE_ERROR = 2;

  private record Flag(String name, String value, String about, Optional<String> initial) {
    boolean isSwitch() {
      return value.isEmpty();
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
    flag("modules", "print the providers that were found, with their modules");
  }

  /** {@return the flags of a command that has none yet} */
  public static Flags of(String command, String about) {
    return new Flags(command, about);
  }

  /** Adds a flag that must be given. */
  public Flags required(String name, String value, String about) {
    known.put(name, new Flag(name, value, about, Optional.empty()));
    return this;
  }

  /** Adds a flag with a value of its own where it is not given. */
  public Flags option(String name, String value, String initial, String about) {
    known.put(name, new Flag(name, value, about, Optional.of(initial)));
    return this;
  }

  /** Adds a switch. */
  public Flags flag(String name, String about) {
    known.put(name, new Flag(name, "", about, Optional.of("false")));
    return this;
  }

  /** Reads a command line; returns only if the command shall run. */
  public Flags parse(String[] args) {
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      Flag flag = name.startsWith("--") ? known.get(name.substring(2)) : null;
      if (flag == null) {
        throw usage("unknown argument " + arg);
      }
      if (equals >= 0) {
        given.put(flag.name(), arg.substring(equals + 1));
      } else if (flag.isSwitch()) {
        given.put(flag.name(), "true");
      } else if (i + 1 < args.length) {
        given.put(flag.name(), args[++i]);
      } else {
        throw usage(name + " needs a value: " + flag.value());
      }
    }
    if (on("help")) {
      System.out.print(help());
      System.exit(0);
    }
    if (on("modules")) {
      Modules.print();
      System.exit(0);
    }
    for (Flag flag : known.values()) {
      if (flag.initial().isEmpty() && !given.containsKey(flag.name())) {
        throw usage("--" + flag.name() + " " + flag.value() + " is missing");
      }
    }
    return this;
  }

  /** {@return the flag's value} */
  public String text(String name) {
    Flag flag = known.get(name);
    if (flag == null) {
      throw new IllegalArgumentException("no flag --" + name);
    }
    return given.getOrDefault(name, flag.initial().orElse(""));
  }

  /** {@return the flag's value as a number, at least {@code least}} */
  public int number(String name, int least) {
    String text = text(name);
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number that is too small
    }
    throw usage("--" + name + " " + text + " (expected: a whole number of at least " + least + ")");
  }

  /** {@return the flag's value, given in seconds} */
  public Duration seconds(String name) {
    return Duration.ofSeconds(number(name, 0));
  }

  /** {@return whether a switch is on} */
  public boolean on(String name) {
    return Boolean.parseBoolean(text(name));
  }

  /** Says what is wrong with the command line and ends the process; the result is never seen. */
  public IllegalArgumentException usage(String problem) {
    System.err.println(command + ": " + problem + "; see " + command + " --help");
    System.exit(USAGE_ERROR);
    return new IllegalArgumentException(problem);
  }

  private String help() {
    var help = new StringBuilder(command + ": " + about + "\n\n");
    for (Flag flag : known.values()) {
      String usage = "--" + flag.name() + (flag.isSwitch() ? "" : " " + flag.value());
      String initial =
          flag.isSwitch()
              ? ""
              : flag.initial()
                  .map(value -> value.isEmpty() ? "" : " (default " + value + ")")
                  .orElse(" (required)");
      help.append("  %-24s %s%s%n".formatted(usage, flag.about(), initial));
    }
    return help.toString();
  }
}

/**
 * The command that links a run-time image. It is compiled by the java that starts it, and so speaks
 * the Java of old ones, too: they are to say that they are too old.
 */
public final class Link {
  private static final int OLDEST = 25;

  private static final String USAGE =
      "usage: java distribution/src/link/Link.java MODULES-DIR IMAGE.properties IMAGE-DIR"
          + " CONF-DIR\n"
          + "\n"
          + "  MODULES-DIR        folder of the jars to choose from\n"
          + "  IMAGE.properties   the modules, launchers and training run of the image;\n"
          + "                     distribution/src/images has some\n"
          + "  IMAGE-DIR          where the image goes; what is there is deleted\n"
          + "  CONF-DIR           folder of logback.xml, for example distribution/src/conf\n";

  private Link() {}

  /** Runs it: exit 2 says that the command is wrong, 1 that linking failed. */
  public static void main(String[] args) throws Exception {
    int version = Runtime.version().feature();
    if (version < OLDEST) {
      System.err.println(
          "Link needs JDK "
              + OLDEST
              + " or newer, and this is "
              + version
              + " ("
              + System.getProperty("java.home")
              + "): start it with the bin/java of a newer one");
      System.exit(2);
    }
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    if (args.length != 4) {
      System.err.println("Link: " + args.length + " arguments (expected: 4)");
      System.err.print(USAGE);
      System.exit(2);
    }
    // by name: an old java compiles this file alone
    java.lang.reflect.Method link =
        Class.forName("ImageLinker").getDeclaredMethod("link", String[].class);
    try {
      link.invoke(null, (Object) args);
    } catch (java.lang.reflect.InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IllegalArgumentException || cause instanceof IllegalStateException) {
        System.err.println("Link: " + cause.getMessage());
        System.exit(1);
      }
      throw e;
    }
  }
}

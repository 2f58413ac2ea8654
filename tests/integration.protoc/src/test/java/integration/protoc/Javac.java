package integration.protoc;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The compiler, with every warning on, and with all that this JVM sees on its class path. */
final class Javac {
  private Javac() {}

  /** {@return the class path of this JVM, its module path included} */
  static String classPath() {
    return String.join(
        File.pathSeparator,
        Stream.of("java.class.path", "jdk.module.path")
            .flatMap(name -> Optional.ofNullable(System.getProperty(name)).stream())
            .filter(path -> !path.isEmpty())
            .toList());
  }

  /** {@return what the compiler has to say about them; empty when it has nothing} */
  static String compile(List<Path> sources, Path classes) {
    var arguments = new ArrayList<String>();
    arguments.addAll(
        List.of("-Xlint:all,-path,-classfile", "-Xdoclint:all,-missing", "-Werror", "-proc:none"));
    arguments.addAll(List.of("-d", classes.toString(), "-cp", classPath()));
    sources.forEach(source -> arguments.add(source.toString()));
    var said = new StringWriter();
    var out = new PrintWriter(said);
    var javac = ToolProvider.findFirst("javac").orElseThrow();
    int exit = javac.run(out, out, arguments.toArray(String[]::new));
    return said + (exit == 0 ? "" : "javac ended with " + exit);
  }
}

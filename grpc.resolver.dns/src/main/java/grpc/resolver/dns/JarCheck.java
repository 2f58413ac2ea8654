package grpc.resolver.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether dnsjava breaks the JVM's own lookups. Its jar declares a provider of lookups,
 * with a class for newer JVMs only. In a one-jar program without {@code Multi-Release: true} in its
 * manifest that class is hidden. Then every lookup of {@link java.net.InetAddress} throws an error,
 * for every caller.
 */
final class JarCheck {
  private static final Logger log = LoggerFactory.getLogger("grpc.resolver.dns");
  private static final String SERVICE =
      "META-INF/services/java.net.spi.InetAddressResolverProvider";
  private static final AtomicBoolean done = new AtomicBoolean();

  private JarCheck() {}

  /** Logs the problem, once per JVM. It cannot occur on the module path. */
  static void once() {
    if (!JarCheck.class.getModule().isNamed() && done.compareAndSet(false, true)) {
      fault(ClassLoader.getSystemClassLoader()).ifPresent(log::error);
    }
  }

  /** {@return the problem with the jars of this class loader, if there is one} */
  static Optional<String> fault(ClassLoader loader) {
    try {
      for (URL file : Collections.list(loader.getResources(SERVICE))) {
        var hidden = hidden(file, loader);
        if (hidden.isPresent()) {
          return Optional.of(
              "%s names %s, which cannot be found: every lookup of java.net.InetAddress fails in this"
                      .formatted(file, hidden.get())
                  + " JVM. Put Multi-Release: true into the manifest of the jar, or leave that file"
                  + " out of it (docs/one-jar.md)");
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // then the JVM cannot read it either
    }
  }

  private static Optional<String> hidden(URL file, ClassLoader loader) throws IOException {
    try (InputStream in = file.openStream()) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(name -> !name.isEmpty() && !isFound(name, loader))
          .findFirst();
    }
  }

  private static boolean isFound(String name, ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}

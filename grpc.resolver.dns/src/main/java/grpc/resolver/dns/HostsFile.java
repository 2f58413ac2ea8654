package grpc.resolver.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of the hosts file: lines of an address and its names. It is read at each lookup, so a
 * change counts at once. A file that cannot be read has no names.
 *
 * @param path the file's path
 */
record HostsFile(Path path) {
  private static final Logger log = LoggerFactory.getLogger("grpc.resolver.dns");

  /** {@return the operating system's hosts file} */
  static HostsFile system() {
    return new HostsFile(
        Optional.ofNullable(System.getenv("SystemRoot")) // Windows sets it
            .map(root -> Path.of(root, "System32", "drivers", "etc", "hosts"))
            .orElse(Path.of("/etc/hosts")));
  }

  /** {@return the addresses of all lines that name the host, in their order} */
  List<InetAddress> addresses(String host) {
    try (var lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
      return lines.flatMap(line -> address(line, host)).distinct().toList();
    } catch (IOException | RuntimeException e) {
      log.debug("{} cannot be read", path, e);
      return List.of();
    }
  }

  private static Stream<InetAddress> address(String line, String host) {
    String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
    return Arrays.stream(words).skip(1).anyMatch(name -> isSame(name, host))
        ? literal(words[0]).stream()
        : Stream.empty();
  }

  private static boolean isSame(String name, String host) {
    return withoutDot(name).equalsIgnoreCase(withoutDot(host));
  }

  /** {@return the name without the trailing dot of an absolute name} */
  static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // malformed lines are skipped, as by other resolvers
    }
  }
}

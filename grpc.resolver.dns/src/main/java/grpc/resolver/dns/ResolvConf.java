package grpc.resolver.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;

/**
 * dnsjava's reader of resolv.conf(5), which gets only the usable nameserver lines. As in glibc, a
 * usable line has an IP address, for IPv6 with a zone if needed. Other lines are skipped. Names are
 * not looked up, because that needs a server.
 */
final class ResolvConf extends ResolvConfResolverConfigProvider {
  private static final String NAMESERVER = "nameserver";

  private final Path file;
  private final Consumer<String> passedOver;

  /**
   * A reader of this file.
   *
   * @param passedOver gets each unusable line, with the reason
   */
  ResolvConf(Path file, Consumer<String> passedOver) {
    this.file = file;
    this.passedOver = passedOver;
  }

  /** Reads it; a file that is missing or cannot be read has no settings. */
  @Override
  public void initialize() {
    reset();
    try {
      var lines = new ArrayList<String>();
      for (String line : new String(Files.readAllBytes(file), UTF_8).split("\\R")) {
        if (isUsable(line)) {
          lines.add(line);
        }
      }
      var usable = lines.stream().collect(Collectors.joining("\n", "", "\n"));
      parseResolvConf(new ByteArrayInputStream(usable.getBytes(UTF_8)));
    } catch (NoSuchFileException e) {
      // resolv.conf(5): then this machine's server is asked
    } catch (IOException e) {
      passedOver.accept(file + " cannot be read: " + e);
    }
  }

  private boolean isUsable(String line) {
    var words = List.of(line.strip().split("\\s+"));
    if (!words.getFirst().equals(NAMESERVER)) {
      return true;
    }
    if (words.size() < 2) {
      return passOver(line, "it names no server");
    }
    String server = words.get(1);
    int zone = server.indexOf('%');
    try {
      InetAddress.ofLiteral(zone < 0 ? server : server.substring(0, zone));
    } catch (IllegalArgumentException e) {
      return passOver(line, "no IP address (expected: an address without a port)");
    }
    try {
      InetAddress.getByName(server); // a literal, so no server is asked
      return true;
    } catch (UnknownHostException e) {
      return passOver(line, "this machine has no such network interface");
    }
  }

  private boolean passOver(String line, String why) {
    passedOver.accept("\"%s\" in %s: %s".formatted(line.strip(), file, why));
    return false;
  }
}

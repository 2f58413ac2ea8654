package grpc.kernel.channel;

import grpc.spi.resolver.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads targets by gRPC's naming document. */
public final class TargetParser {
  /** The scheme of a target without one. */
  public static final String DEFAULT_SCHEME = "dns";

  private static final Pattern WITH_SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(.*)");

  private static final Pattern PORT = Pattern.compile("\\d*");
  private static final Pattern WITH_ZONE = Pattern.compile("\\[([0-9a-fA-F:.]+)%([^\\]]+)]");

  /** Schemes that are never taken for a host name, whether or not there is a resolver for them. */
  private static final Set<String> WELL_KNOWN =
      Set.of(
          "dns", "xds", "grpclb", "passthrough", "unix", "unix-abstract", "ipv4", "ipv6", "vsock");

  private TargetParser() {}

  /**
   * {@return the target} A text with no scheme, or with a prefix that is none such as in {@code
   * localhost:80}, is a name for DNS.
   *
   * @param schemes those that there is a resolver for
   * @throws IllegalArgumentException when it is empty or malformed, or has control characters
   */
  public static Target parse(String text, Set<String> schemes) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "target \"\" (expected: host:port, or scheme://authority/endpoint)");
    }
    requirePrintable(text);
    var matcher = WITH_SCHEME.matcher(text);
    if (matcher.matches()) {
      String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
      String rest = matcher.group(2);
      if (rest.startsWith("//")) {
        return hierarchical(text, scheme, rest.substring(2));
      }
      if (schemes.contains(scheme) || WELL_KNOWN.contains(scheme)) {
        return new Target(scheme, "", decode(text, rest));
      }
    }
    return new Target(DEFAULT_SCHEME, "", decode(text, text));
  }

  /**
   * {@return a hint for the reader of a refusal, if the target begins as if with a scheme and was
   * taken for a name for DNS; else empty}
   *
   * @param schemes those that there is a resolver for
   */
  public static String hint(String text, Set<String> schemes) {
    var matcher = WITH_SCHEME.matcher(text);
    if (!matcher.matches()) {
      return "";
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    String rest = matcher.group(2);
    return rest.startsWith("//")
            || schemes.contains(scheme)
            || WELL_KNOWN.contains(scheme)
            || PORT.matcher(rest).matches()
        ? ""
        : "; '%s' is no scheme of this runtime's resolvers (found: %s), so all of it was taken for a DNS name"
            .formatted(scheme, String.join(", ", new TreeSet<>(schemes)));
  }

  /** RFC 3986 §2: no URI has control characters; a text that was read from a file ends in one. */
  private static void requirePrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "target \"%s\": character U+%04X at index %d (expected: no control characters; strip what you read from a file)"
                .formatted(printable(text), (int) c, i));
      }
    }
  }

  /** A log that shows the message must not be written into. */
  private static String printable(String text) {
    var shown = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        shown.setCharAt(i, '?');
      }
    }
    return shown.toString();
  }

  private static Target hierarchical(String text, String scheme, String rest) {
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash);
    // a path after unix:// is absolute, its slash belongs to it; elsewhere the slash only separates
    String endpoint = scheme.equals("unix") || path.isEmpty() ? path : path.substring(1);
    return new Target(scheme, decode(text, authority), decode(text, endpoint));
  }

  /** RFC 6874 §2: the percent sign of a zone is encoded as any other is. */
  private static String zoneHint(String part) {
    var zoned = WITH_ZONE.matcher(part);
    return zoned.find()
        ? "; an IPv6 address has %%25 before its zone: [%s%%25%s]"
            .formatted(zoned.group(1), zoned.group(2))
        : "";
  }

  private static String decode(String target, String part) {
    if (part.indexOf('%') < 0) {
      return part;
    }
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "target \"%s\": malformed percent-encoding (expected: %% and two hex digits%s)"
              .formatted(target, zoneHint(part)),
          e);
    }
  }
}

package grpc.spi.resolver;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The {@code :authority} of calls to an endpoint (RFC 3986 §3.2): one host, and usually a port. An
 * IPv6 address stands in brackets. It has no zone: a zone is a network interface of this machine
 * and means nothing to the server (RFC 6874 §4).
 */
public final class Authority {
  /** The host of an endpoint without one: servers refuse an authority without a host. */
  public static final String LOCALHOST = "localhost";

  /**
   * RFC 3986 §3.2.2, and the colons and brackets around; no user (RFC 9113 §8.3.1), and no percent
   * sign other than that of percent-encoding.
   */
  private static final String PUNCTUATION = "-._~!$&'()*+,;=:[]";

  private Authority() {}

  /**
   * {@return the authority of an endpoint in a target} Characters that an authority cannot have are
   * percent-encoded, as in grpc-go.
   *
   * @param endpoint {@code host}, {@code host:port}, {@code [v6]:port}, an IPv6 address without
   *     brackets, or a name of any other kind; empty, or a port alone, for this machine
   */
  public static String of(String endpoint) {
    if (isV6(withoutZone(endpoint))) {
      return bracketed(withoutZone(endpoint));
    }
    if (endpoint.isEmpty() || endpoint.startsWith(":")) {
      return LOCALHOST + encoded(endpoint);
    }
    int end = endpoint.startsWith("[") ? endpoint.indexOf(']') : -1;
    String host = end < 0 ? "" : withoutZone(endpoint.substring(1, end));
    return isV6(host) ? bracketed(host) + encoded(endpoint.substring(end + 1)) : encoded(endpoint);
  }

  /** {@return the authority of an address: its host name, else the IP address, and the port} */
  public static String of(InetSocketAddress address) {
    String host = address.getHostString();
    String literal = withoutZone(host);
    return (isV6(literal) ? bracketed(literal) : host.isEmpty() ? LOCALHOST : encoded(host))
        + ":"
        + address.getPort();
  }

  private static String bracketed(String v6) {
    return "[" + v6 + "]";
  }

  private static String withoutZone(String host) {
    int zone = host.indexOf('%');
    return zone < 0 ? host : host.substring(0, zone);
  }

  private static boolean isV6(String host) {
    if (host.indexOf(':') < 0 || host.startsWith("[")) {
      return false;
    }
    try {
      Inet6Address.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String encoded(String text) {
    if (text.chars().allMatch(Authority::isAllowed)) {
      return text;
    }
    var encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      encoded.append(isAllowed(c) ? String.valueOf((char) c) : "%%%02X".formatted(c));
    }
    return encoded.toString();
  }

  private static boolean isAllowed(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || PUNCTUATION.indexOf(c) >= 0;
  }
}

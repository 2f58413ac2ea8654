package grpc.spi.resolver;

/**
 * {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}, the form of servers in
 * targets.
 *
 * @param host with no brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
  /**
   * {@return the two parts of the text}
   *
   * @param defaultPort the port if the text has none
   * @throws IllegalArgumentException when it has none of these forms
   */
  public static HostPort parse(String text, int defaultPort) {
    int end;
    String host;
    if (text.startsWith("[")) {
      end = text.indexOf(']') + 1;
      host = end > 1 ? text.substring(1, end - 1) : "";
      if (host.indexOf(':') < 0) { // RFC 3986 §3.2.2: brackets are for IPv6 alone
        throw malformed(text);
      }
    } else {
      int colon = text.indexOf(':');
      boolean bareV6 = colon >= 0 && text.indexOf(':', colon + 1) >= 0;
      end = colon < 0 || bareV6 ? text.length() : colon;
      host = text.substring(0, end);
    }
    String rest = text.substring(end);
    if (host.isEmpty() || !rest.isEmpty() && !rest.startsWith(":")) {
      throw malformed(text);
    }
    return new HostPort(host, rest.isEmpty() ? defaultPort : port(text, rest.substring(1)));
  }

  private static int port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // the exception below reports it, like a number out of range
    }
    throw malformed(text);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "address \"" + text + "\" (expected: host, host:port, [v6] or [v6]:port, port 0..65535)");
  }
}

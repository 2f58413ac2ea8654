package grpc.spi.resolver;

/**
 * The target of a channel: {@code scheme://authority/endpoint}, as in gRPC's naming document.
 *
 * @param scheme the scheme, which selects the resolver; in lower case
 * @param authority the server for the resolver to ask, such as a DNS server; empty if not given
 * @param endpoint the name to resolve, percent-decoded, without the leading slash after the
 *     authority
 */
public record Target(String scheme, String authority, String endpoint) {
  @Override
  public String toString() {
    return authority.isEmpty() && !endpoint.startsWith("/")
        ? scheme + ":" + endpoint
        : scheme + "://" + authority + "/" + endpoint;
  }
}

package grpc.spi.resolver;

/**
 * What a channel calls: {@code scheme://authority/endpoint}, as in gRPC's naming document.
 *
 * @param scheme which resolver, in lower case
 * @param authority the server that the resolver asks, such as a DNS server; empty if not given
 * @param endpoint what is resolved, percent-decoded, without the leading slash after the authority
 */
public record Target(String scheme, String authority, String endpoint) {
  @Override
  public String toString() {
    return authority.isEmpty() && !endpoint.startsWith("/")
        ? scheme + ":" + endpoint
        : scheme + "://" + authority + "/" + endpoint;
  }
}

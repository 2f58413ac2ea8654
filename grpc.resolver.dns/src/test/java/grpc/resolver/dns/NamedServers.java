package grpc.resolver.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.config.ResolverConfigProvider;

/**
 * A system that is configured with these servers, and no search domains.
 *
 * @param servers in their order
 */
record NamedServers(List<InetSocketAddress> servers) implements ResolverConfigProvider {
  static SystemConfig of(DnsServer... servers) {
    var addresses =
        Arrays.stream(servers)
            .map(s -> new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), s.port()))
            .toList();
    return new SystemConfig(System::nanoTime, () -> List.of(new NamedServers(addresses)));
  }

  @Override
  public List<Name> searchPaths() {
    return List.of();
  }

  @Override
  public void initialize() {}
}

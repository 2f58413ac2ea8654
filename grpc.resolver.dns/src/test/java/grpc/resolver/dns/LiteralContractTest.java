package grpc.resolver.dns;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;

class LiteralContractTest extends ResolverContract {
  @Override
  protected ResolverProvider provider() {
    return new DnsResolverProvider();
  }

  @Override
  protected Target target() {
    return new Target("dns", "", "127.0.0.1:80");
  }
}

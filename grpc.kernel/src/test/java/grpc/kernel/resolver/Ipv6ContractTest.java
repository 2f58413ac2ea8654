package grpc.kernel.resolver;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;
import java.util.List;

class Ipv6ContractTest extends ResolverContract {
  @Override
  protected ResolverProvider provider() {
    return new IpResolverProvider("ipv6");
  }

  @Override
  protected Target target() {
    return new Target("ipv6", "", "[2001:db8::1]:80,2001:db8::2");
  }

  @Override
  protected List<Target> badTargets() {
    return List.of(
        new Target("ipv6", "", ""),
        new Target("ipv6", "", "192.0.2.1"),
        new Target("ipv6", "", "host:80"));
  }
}

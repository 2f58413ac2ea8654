package grpc.kernel.resolver;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;
import java.util.List;

class Ipv4ContractTest extends ResolverContract {
  @Override
  protected ResolverProvider provider() {
    return new IpResolverProvider("ipv4");
  }

  @Override
  protected Target target() {
    return new Target("ipv4", "", "192.0.2.1:80,192.0.2.2");
  }

  @Override
  protected List<Target> badTargets() {
    return List.of(
        new Target("ipv4", "", ""),
        new Target("ipv4", "", "::1"),
        new Target("ipv4", "", "host:80"));
  }
}

package grpc.kernel.resolver;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;
import java.net.InetSocketAddress;

class AddressContractTest extends ResolverContract {
  @Override
  protected ResolverProvider provider() {
    return new AddressResolverProvider(InetSocketAddress.createUnresolved("backend.test", 80));
  }

  @Override
  protected Target target() {
    return new Target("address", "", "");
  }
}

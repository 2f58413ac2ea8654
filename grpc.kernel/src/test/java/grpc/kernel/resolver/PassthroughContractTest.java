package grpc.kernel.resolver;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;

class PassthroughContractTest extends ResolverContract {
  @Override
  protected ResolverProvider provider() {
    return new PassthroughResolverProvider();
  }

  @Override
  protected Target target() {
    return new Target("passthrough", "", "backend.test:80");
  }
}

package grpc.kernel.resolver;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;
import java.util.List;

class PassthroughContractTest extends ResolverContract {
  @Override
  protected ResolverProvider provider() {
    return new PassthroughResolverProvider();
  }

  @Override
  protected Target target() {
    return new Target("passthrough", "", "backend.test:80");
  }

  @Override
  protected List<Target> badTargets() {
    return List.of(
        new Target("passthrough", "", ""), new Target("passthrough", "", "host:notaport"));
  }
}

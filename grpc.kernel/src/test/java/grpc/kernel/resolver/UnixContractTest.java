package grpc.kernel.resolver;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;
import java.util.List;

class UnixContractTest extends ResolverContract {
  @Override
  protected ResolverProvider provider() {
    return new UnixResolverProvider();
  }

  @Override
  protected Target target() {
    return new Target("unix", "", "/run/s");
  }

  @Override
  protected List<Target> badTargets() {
    return List.of(new Target("unix", "", ""), new Target("unix", "run", "/s"));
  }
}

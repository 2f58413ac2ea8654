package grpc.transport.inprocess;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;
import java.util.List;

class InProcessNamesContractTest extends ResolverContract {
  @Override
  protected ResolverProvider provider() {
    return new InProcessResolverProvider();
  }

  @Override
  protected Target target() {
    return new Target("inprocess", "", "greeter");
  }

  @Override
  protected List<Target> badTargets() {
    return List.of(new Target("inprocess", "", ""), new Target("inprocess", "host", "greeter"));
  }
}

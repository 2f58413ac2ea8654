package grpc.testing;

import grpc.resolver.manual.ManualResolver;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;
import grpc.testing.contract.ResolverContract;

class ManualContractTest extends ResolverContract {
  private final ManualResolver resolver = new ManualResolver("manual");

  ManualContractTest() {
    resolver.update(Endpoints.of(1, 2));
  }

  @Override
  protected ResolverProvider provider() {
    return resolver;
  }

  @Override
  protected Target target() {
    return new Target("manual", "", "anything");
  }
}

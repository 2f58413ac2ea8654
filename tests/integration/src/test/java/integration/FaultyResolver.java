package integration;

import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverContext;
import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.Target;

/** Another resolver with a fault. */
record FaultyResolver(ResolverProvider good, Fault fault) implements ResolverProvider {
  @Override
  public String scheme() {
    return good.scheme();
  }

  @Override
  public Resolver create(Target target, ResolverContext context) {
    fault.at("ResolverProvider.create");
    return fault.orNull("its resolver", new Faulty(good.create(target, context), fault));
  }

  private record Faulty(Resolver good, Fault fault) implements Resolver {
    @Override
    public void start() {
      fault.at("Resolver.start");
      good.start();
    }

    @Override
    public void resolveNow() {
      fault.at("Resolver.resolveNow");
      good.resolveNow();
    }

    @Override
    public void close() {
      fault.at("Resolver.close");
      good.close();
    }
  }
}

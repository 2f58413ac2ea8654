package examples.guide;

import examples.guide.canary.CanaryProvider;
import grpc.api.Attributes;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import grpc.resolver.manual.ManualResolver;
import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState;
import java.net.SocketAddress;
import java.util.List;

/** A channel that gives a new release a tenth of its calls. */
final class Canaries {
  private Canaries() {}

  static GrpcChannel open(SocketAddress stable, SocketAddress canary) {
    var resolver = new ManualResolver("release");
    var fresh = Attributes.EMPTY.with(CanaryProvider.CANARY, true);
    resolver.update(
        ResolverState.resolved(
            List.of(
                Endpoint.of(Address.of(stable)),
                Endpoint.of(Address.of(canary)).withAttributes(fresh))));
    return GrpcChannel.builder("release:greeter", ChannelCredentials.plaintext())
        .resolver(resolver)
        .defaultServiceConfig("{\"loadBalancingConfig\": [{\"acme_canary\": {\"percent\": 10}}]}")
        .open();
  }
}

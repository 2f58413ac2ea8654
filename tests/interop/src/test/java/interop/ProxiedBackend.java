package interop;

import examples.proxy.Proxy;
import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import java.io.IOException;

/** grpc-java's server behind the example's proxy. */
final class ProxiedBackend extends GrpcJavaBackend {
  private final GrpcChannel channel;
  private final GrpcServer proxy;

  /** Listens on this port; the server itself on any. */
  ProxiedBackend(int port) throws IOException {
    super(0);
    channel = GrpcChannel.open(super.target(), ChannelCredentials.plaintext());
    proxy =
        GrpcServer.builder()
            .listen(OurBackend.port(port), ServerCredentials.plaintext())
            .fallback(new Proxy(channel))
            .start();
  }

  @Override
  String target() {
    return "ipv4:127.0.0.1:" + proxy.port();
  }

  @Override
  public void close() {
    proxy.close();
    channel.close();
    super.close();
  }
}

package integration;

import grpc.api.Server;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcChannelBuilder;
import grpc.kernel.GrpcServer;
import grpc.kernel.GrpcServerBuilder;
import grpc.transport.inprocess.InProcessAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

/** A server and a channel to it. */
record Link(Echo echo, Server server, GrpcChannel channel) implements AutoCloseable {
  static Link open() {
    return open(s -> s, c -> c);
  }

  static Link open(
      UnaryOperator<GrpcServerBuilder> serverChoices,
      UnaryOperator<GrpcChannelBuilder> channelChoices) {
    var echo = new Echo("echo");
    var address = InProcessAddress.unique();
    var server =
        serverChoices
            .apply(GrpcServer.builder().listen(address).service(echo.definition()))
            .start();
    return new Link(echo, server, channelChoices.apply(GrpcChannel.builder(address)).open());
  }

  /** A server on a TCP port of this machine, and a channel to it by name. */
  static Link overTcp() {
    var echo = new Echo("echo");
    var server =
        GrpcServer.builder()
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .service(echo.definition())
            .start();
    return new Link(echo, server, GrpcChannel.open("dns:///localhost:" + server.port()));
  }

  @Override
  public void close() {
    channel.close();
    server.close();
  }
}

package integration;

import grpc.api.Server;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcChannelBuilder;
import grpc.kernel.GrpcServer;
import grpc.kernel.GrpcServerBuilder;
import grpc.transport.inprocess.InProcessAddress;
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

  @Override
  public void close() {
    channel.close();
    server.close();
  }
}

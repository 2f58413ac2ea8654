package integration;

import grpc.api.ChannelCredentials;
import grpc.api.Server;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
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
  /** What the calls go over. */
  enum Over {
    /** Inside this JVM. */
    INPROCESS {
      @Override
      Link open() {
        return Link.open();
      }

      @Override
      Link serving(ServiceDefinition service) {
        return Link.serving(service);
      }
    },

    /** HTTP/2, with the server found by name. */
    TCP {
      @Override
      Link open() {
        return Link.overTcp();
      }

      @Override
      Link serving(ServiceDefinition service) {
        return Link.servingOverTcp(service);
      }
    };

    /** {@return a server of the echo, and a channel to it} */
    abstract Link open();

    /** {@return a server of this service in place of the echo's, and a channel to it} */
    abstract Link serving(ServiceDefinition service);
  }

  static Link open() {
    return open(s -> s, c -> c);
  }

  static Link open(
      UnaryOperator<GrpcServerBuilder> serverChoices,
      UnaryOperator<GrpcChannelBuilder> channelChoices) {
    var echo = new Echo("echo");
    return open(echo, echo.definition(), serverChoices, channelChoices);
  }

  /** A server of this service in place of the echo's. */
  static Link serving(ServiceDefinition service) {
    return open(new Echo("unused"), service, s -> s, c -> c);
  }

  private static Link open(
      Echo echo,
      ServiceDefinition service,
      UnaryOperator<GrpcServerBuilder> serverChoices,
      UnaryOperator<GrpcChannelBuilder> channelChoices) {
    var address = InProcessAddress.unique();
    var server =
        serverChoices
            .apply(
                GrpcServer.builder()
                    .listen(address, ServerCredentials.plaintext())
                    .service(service))
            .start();
    return new Link(
        echo,
        server,
        channelChoices.apply(GrpcChannel.builder(address, ChannelCredentials.plaintext())).open());
  }

  /** A server on a TCP port of this machine, and a channel to it by name. */
  static Link overTcp() {
    return overTcp(s -> s);
  }

  static Link overTcp(UnaryOperator<GrpcServerBuilder> serverChoices) {
    return overTcp(serverChoices, c -> c);
  }

  static Link overTcp(
      UnaryOperator<GrpcServerBuilder> serverChoices,
      UnaryOperator<GrpcChannelBuilder> channelChoices) {
    var echo = new Echo("echo");
    return overTcp(echo, echo.definition(), serverChoices, channelChoices);
  }

  /** A server of this service in place of the echo's, on a TCP port. */
  static Link servingOverTcp(ServiceDefinition service) {
    return overTcp(new Echo("unused"), service, s -> s, c -> c);
  }

  private static Link overTcp(
      Echo echo,
      ServiceDefinition service,
      UnaryOperator<GrpcServerBuilder> serverChoices,
      UnaryOperator<GrpcChannelBuilder> channelChoices) {
    var listening =
        GrpcServer.builder()
            .listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerCredentials.plaintext())
            .service(service);
    var server = serverChoices.apply(listening).start();
    var target = "dns:///localhost:" + server.port();
    return new Link(
        echo,
        server,
        channelChoices.apply(GrpcChannel.builder(target, ChannelCredentials.plaintext())).open());
  }

  @Override
  public void close() {
    channel.close();
    server.close();
  }
}

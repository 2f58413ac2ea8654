package integration;

import static integration.Mistake.messageOf;
import static integration.Mistake.thrown;

import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import grpc.kernel.GrpcServerBuilder;
import grpc.transport.inprocess.InProcessAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.stream.Stream;

/** Servers that cannot start. */
final class MistakesInServers {
  private MistakesInServers() {}

  static Stream<Mistake> all() {
    return Stream.of(
        thrown("no address", () -> GrpcServer.builder().service(service()).start().close()),
        thrown(
            "port out of range",
            () -> GrpcServer.builder().listen(70_000, ServerCredentials.plaintext())),
        thrown(
            "host name that is not known",
            () -> listen(InetSocketAddress.createUnresolved("nowhere.invalid", 50051))),
        thrown(
            "address of another machine",
            () -> start(listen(new InetSocketAddress("192.0.2.1", 50051)))),
        new Mistake("port in use", MistakesInServers::portInUse),
        new Mistake("one address twice", MistakesInServers::twice),
        new Mistake("started twice", MistakesInServers::startedTwice),
        new Mistake("in-process name in use", MistakesInServers::nameInUse),
        thrown(
            "service twice",
            () -> start(listen(InProcessAddress.unique()).service(service()).service(service()))),
        thrown("zero limit", () -> GrpcServer.builder().maxReceiveMessageSize(0)),
        thrown("negative limit", () -> GrpcServer.builder().maxConcurrentStreams(-1)),
        thrown("null service", () -> GrpcServer.builder().service(null)),
        new Mistake(
            "no module for TCP",
            () -> messageOf(() -> start(empty().listen(0, ServerCredentials.plaintext())))),
        new Mistake("two modules of one name", MistakesInServers::twoModules));
  }

  private static ServiceDefinition service() {
    return new Echo("echo").definition();
  }

  private static GrpcServerBuilder listen(SocketAddress address) {
    return GrpcServer.builder().listen(address, ServerCredentials.plaintext());
  }

  private static GrpcServerBuilder empty() {
    return GrpcServer.builder().runtime(GrpcRuntime.builder().build());
  }

  private static void start(GrpcServerBuilder builder) {
    builder.start().close();
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static String portInUse() {
    try (var first = listen(local(0)).start()) {
      return messageOf(() -> start(listen(local(first.port()))));
    }
  }

  private static int freePort() {
    try (var server = listen(local(0)).start()) {
      return server.port();
    }
  }

  private static String twice() {
    int port = freePort();
    return messageOf(
        () -> start(listen(local(port)).listen(local(port), ServerCredentials.plaintext())));
  }

  private static String startedTwice() {
    var builder = listen(local(freePort()));
    try (var _ = builder.start()) {
      return messageOf(() -> start(builder));
    }
  }

  private static String nameInUse() {
    var address = InProcessAddress.named("likely-mistakes");
    try (var _ = listen(address).start()) {
      return messageOf(() -> start(listen(address)));
    }
  }

  private static String twoModules() throws Exception {
    var folder = Files.createTempDirectory("mistakes");
    try {
      var layers = new Layers(folder);
      var layer =
          Layers.over(
              ModuleLayer.boot(),
              layers.codec("acme.one", "acme", ""),
              layers.codec("acme.two", "acme", ""));
      return messageOf(() -> GrpcRuntime.of(layer));
    } finally {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}

package examples.greeter;

import examples.greeter.proto.GreeterClient;
import examples.greeter.proto.HelloRequest;
import examples.greeter.proto.Note;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.kernel.GrpcChannel;
import java.time.Duration;
import launcher.Flags;
import launcher.Launch;
import launcher.Plugins;
import launcher.ServiceConfigs;

/** Calls the greeter. */
public final class Greet {
  private Greet() {}

  /** Runs {@code greeter-client}. */
  public static void main(String[] args) {
    var flags =
        Flags.of("greeter-client", "greets a server, in each of the four ways that gRPC knows")
            .required("target", "TARGET", "server to call, for example dns:///localhost:50051")
            .option("name", "S", "world", "name to send")
            .option("count", "N", "1", "number of unary calls")
            .option("policy", "P", "pick_first", "balancing policy, if no service config has one")
            .option("compression", "E", "identity", "compression of the requests, for example gzip")
            .option("timeout", "SECONDS", "10", "time limit of a call")
            .flag("streams", "make a call of each streaming kind, too");
    ServiceConfigs.flag(flags, "service config, if the resolver has none");
    Launch.run(Plugins.flag(flags), args, Greet::greet);
  }

  private static int greet(Flags flags) {
    var options =
        CallOptions.timeout(Duration.ofSeconds(flags.number("timeout", 1))).withWaitForReady(true);
    if (!flags.text("compression").equals("identity")) {
      options = options.withCompressor(flags.text("compression"));
    }
    var builder =
        GrpcChannel.builder(flags.text("target"), ChannelCredentials.plaintext())
            .runtime(Plugins.runtime(flags))
            .balancingPolicy(flags.text("policy"));
    ServiceConfigs.json(flags).ifPresent(builder::defaultServiceConfig);
    try (var channel = builder.open()) {
      var greeter = new GreeterClient(channel).with(options);
      var request = HelloRequest.newBuilder().setName(flags.text("name")).build();
      for (int i = 0; i < flags.number("count", 0); i++) {
        var reply = greeter.sayHello(request);
        System.out.println(reply.getMessage() + " (" + reply.getServer() + ")");
      }
      if (flags.on("streams")) {
        streams(greeter, request);
      }
    }
    return 0;
  }

  private static void streams(GreeterClient greeter, HelloRequest request) {
    try (var replies = greeter.sayHelloInLanguages(request)) {
      for (var reply : replies) {
        System.out.println(reply.getMessage() + " (" + reply.getServer() + ")");
      }
    }
    try (var all = greeter.sayHelloToAll()) {
      all.send(request);
      all.send(HelloRequest.newBuilder().setName("everybody").build());
      System.out.println(all.finish().getMessage());
    }
    try (var chat = greeter.chat()) {
      chat.send(Note.newBuilder().setText("good morning").build());
      chat.halfClose();
      for (var note : chat) {
        System.out.println(note.getText());
      }
    }
  }
}

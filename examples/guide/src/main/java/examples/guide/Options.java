package examples.guide;

import com.google.protobuf.Message;
import examples.guide.proto.GreeterClient;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ChannelCredentials;
import grpc.api.Deadline;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.ServerCredentials;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.kernel.GrpcServerBuilder;
import grpc.resolver.dns.DnsOptions;
import grpc.resolver.dns.DnsResolverProvider;
import java.io.IOException;
import java.time.Duration;

/** Options of calls, channels and servers. */
final class Options {
  private static final MetadataKey<String> AUTHORIZATION = MetadataKey.text("authorization");

  private Options() {}

  static GreeterClient bounded(Channel channel) {
    var greeter = new GreeterClient(channel).with(CallOptions.timeout(Duration.ofSeconds(1)));
    return greeter;
  }

  static GreeterClient together(GreeterClient greeter) {
    var together =
        greeter.with(CallOptions.DEFAULT.withDeadline(Deadline.after(Duration.ofSeconds(2))));
    return together;
  }

  static GrpcChannel retrying() {
    return GrpcChannel.builder("dns:///greeter.example", ChannelCredentials.plaintext())
        .defaultServiceConfig(
            """
            {"methodConfig": [{
               "name": [{"service": "examples.Greeter"}],
               "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2,
                               "retryableStatusCodes": ["UNAVAILABLE"]}}],
             "retryThrottling": {"maxTokens": 10, "tokenRatio": 0.1}}
            """)
        .open();
  }

  static GrpcChannel inKubernetes() {
    var dns = new DnsResolverProvider(DnsOptions.DEFAULT.withRefreshAtTtl(Duration.ofSeconds(5)));
    return GrpcChannel.builder(
            "dns:///greeter.shop.svc.cluster.local.:50051", ChannelCredentials.plaintext())
        .resolver(dns)
        .defaultServiceConfig("{\"loadBalancingConfig\": [{\"round_robin\": {}}]}")
        .open();
  }

  static byte[] withoutStubs(Channel channel, Message request) {
    var bytes = request.toByteArray();
    var method =
        MethodDescriptor.of(
            "pkg.Service/Method", MethodType.UNARY, byte[].class, byte[].class, "raw");
    byte[] answer =
        channel.unary(method, bytes, CallOptions.DEFAULT.withContentSubtype("proto")).message();
    return answer;
  }

  /** The source of tokens. */
  @FunctionalInterface
  interface Tokens {
    String validFor(String audience) throws IOException;
  }

  static CallOptions withToken(Tokens tokens) {
    var options =
        CallOptions.DEFAULT.withCallCredentials(
            attempt -> Metadata.of(AUTHORIZATION, "Bearer " + tokens.validFor(attempt.audience())));
    return options;
  }

  static GrpcServerBuilder inline() {
    return GrpcServer.builder()
        .listen(50051, ServerCredentials.plaintext())
        .service(new Greeter().definition().inline());
  }

  static void untilTerminated(GrpcServer server) throws InterruptedException {
    server.awaitTermination(Duration.ofSeconds(10));
  }
}

package integration;

import static integration.Mistake.thrown;
import static java.util.stream.Collectors.joining;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcChannelBuilder;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.info.Finding;
import grpc.spi.transport.Keepalive;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Targets, keys, options and service configs that are none. */
final class MistakesInNames {
  private MistakesInNames() {}

  static Stream<Mistake> all() {
    return Stream.of(targets(), keys(), options(), configs()).flatMap(List::stream);
  }

  private static Mistake target(String target) {
    return thrown(
        "target " + target, () -> GrpcChannel.open(target, ChannelCredentials.plaintext()).close());
  }

  private static List<Mistake> targets() {
    return List.of(
        target("http://localhost:50051"),
        target("https://localhost"),
        target(""),
        target("acme:greeter"),
        target("acme:///greeter"),
        target("xds:///greeter"),
        target("dns:///localhost:port"),
        target("localhost:70000"),
        target("dns:///"),
        target("ipv4:localhost:50051"),
        target("unix:"),
        target("passthrough:///"),
        target("dns:///a%zz:1"),
        target("ipv6:[::1%lo]:80"));
  }

  private static Mistake text(String key) {
    return thrown("key " + key, () -> MetadataKey.text(key));
  }

  private static List<Mistake> keys() {
    var key = MetadataKey.text("x-key");
    return List.of(
        text("X-Tenant"),
        text(""),
        text("x-bin"),
        text("grpc-tenant"),
        text("te"),
        text("host"),
        text("content-type"),
        text("user-agent"),
        thrown("binary key", () -> MetadataKey.binary("x-bytes")),
        thrown("null value", () -> Metadata.of(key, null)),
        thrown("line break", () -> Metadata.of(key, "a\nb")),
        thrown("not ASCII", () -> CallOptions.DEFAULT.withMetadata(key, "Zoë")));
  }

  private static List<Mistake> options() {
    return List.of(
        thrown("negative limit", () -> CallOptions.DEFAULT.withMaxReceiveMessageSize(-1)),
        thrown("negative limit of a channel", () -> channel().maxReceiveMessageSize(-1)),
        thrown("authority with a path", () -> CallOptions.DEFAULT.withAuthority("http://host")),
        thrown("no keepalive time", () -> channel().keepalive(Keepalive.every(Duration.ZERO))),
        thrown("no idle timeout", () -> channel().idleTimeout(Duration.ofSeconds(-1))),
        thrown(
            "method name with a slash in front",
            () ->
                MethodDescriptor.of(
                    "/a.B/C", MethodType.UNARY, byte[].class, byte[].class, "raw")));
  }

  private static GrpcChannelBuilder channel() {
    return GrpcChannel.builder("ipv4:127.0.0.1:1", ChannelCredentials.plaintext());
  }

  private static Mistake config(String name, String json) {
    return thrown(name, () -> channel().defaultServiceConfig(json).open().close());
  }

  private static List<Mistake> configs() {
    return List.of(
        config("config that is no JSON", "{\"loadBalancingConfig\": "),
        config("policy in no list", "{\"loadBalancingConfig\": {\"round_robin\": {}}}"),
        config("unknown policy", "{\"loadBalancingConfig\": [{\"roundrobin\": {}}]}"),
        config("timeout as a number", "{\"methodConfig\": [{\"name\": [{}], \"timeout\": 1}]}"),
        new Mistake("field in the wrong case", () -> checked("{\"methodconfig\": []}")),
        thrown(
            "unknown policy by name",
            () -> channel().balancingPolicy("roundrobin").open().close()));
  }

  private static String checked(String json) {
    return GrpcRuntime.system().check("ipv4:127.0.0.1:1", json).stream()
        .map(Finding::message)
        .collect(joining("; "));
  }
}

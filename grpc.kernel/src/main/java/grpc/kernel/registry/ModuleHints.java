package grpc.kernel.registry;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says which module would bring what a runtime lacks. */
final class ModuleHints {
  private static final Map<String, String> MODULES =
      Map.ofEntries(
          Map.entry("resolver dns", "grpc.resolver.dns"),
          Map.entry("resolver inprocess", "grpc.transport.inprocess"),
          Map.entry("balancer pick_first", "grpc.balancer.pickfirst"),
          Map.entry("balancer round_robin", "grpc.balancer.roundrobin"),
          Map.entry("balancer least_request_experimental", "grpc.balancer.leastrequest"),
          Map.entry("balancer weighted_target", "grpc.balancer.weightedtarget"),
          Map.entry("health grpc.health.v1", "grpc.service.health"),
          Map.entry("codec proto", "grpc.codec.protobuf"),
          Map.entry("codec raw", "grpc.codec.raw"),
          Map.entry("compressor gzip", "grpc.codec.gzip"),
          Map.entry("compressor deflate", "grpc.codec.deflate"),
          Map.entry("transport nio", "grpc.transport.nio"),
          Map.entry("transport inprocess", "grpc.transport.inprocess"));

  /** Names that others know and this project has no module for. */
  private static final Set<String> NOT_YET =
      Set.of("resolver xds", "resolver grpclb", "balancer grpclb", "balancer xds_experimental");

  private ModuleHints() {}

  static MissingProvider of(ProviderTable<?> table, String what, String name) {
    String key = table.kind() + " " + name;
    String advice =
        MODULES.containsKey(key)
            ? "add module " + MODULES.get(key)
            : NOT_YET.contains(key)
                ? "there is no module for it yet"
                : "add a module that provides it";
    String found =
        table.names().isEmpty() ? "none" : String.join(", ", new TreeSet<>(table.names()));
    found += ClassPathProviders.told(table.kind());
    return new MissingProvider(
        table.kind(),
        name,
        MODULES.getOrDefault(key, ""),
        "%s: %s (found: %s)".formatted(what, advice, found));
  }

  /** {@return the module that has the policy, if it is one that this project has} */
  static Optional<String> moduleOfPolicy(String policy) {
    return Optional.ofNullable(MODULES.get("balancer " + policy));
  }

  static String transportFor(SocketAddress address) {
    return switch (address) {
      case InetSocketAddress a -> "nio";
      case UnixDomainSocketAddress a -> "nio";
      default ->
          address.getClass().getSimpleName().equals("InProcessAddress") ? "inprocess" : "unknown";
    };
  }
}

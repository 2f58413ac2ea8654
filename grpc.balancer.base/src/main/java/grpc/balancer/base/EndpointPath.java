package grpc.balancer.base;

import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.EndpointAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of a tree of policies an endpoint belongs to (A56): the names of the children on the way
 * down. A resolver sets it, and each parent takes the first name off.
 */
public final class EndpointPath {
  private EndpointPath() {}

  /** {@return the endpoint with this path, the topmost child first} */
  public static Endpoint set(Endpoint endpoint, String... names) {
    return set(endpoint, List.of(names));
  }

  private static Endpoint set(Endpoint endpoint, List<String> names) {
    return endpoint.withAttributes(endpoint.attributes().with(EndpointAttributes.PATH, names));
  }

  /**
   * {@return the endpoints by the first name of their path, which is off; without those of none}
   */
  public static Map<String, List<Endpoint>> split(List<Endpoint> endpoints) {
    var split = new LinkedHashMap<String, List<Endpoint>>();
    for (var endpoint : endpoints) {
      var path = endpoint.attributes().find(EndpointAttributes.PATH).orElse(List.of());
      if (!path.isEmpty()) {
        split
            .computeIfAbsent(path.getFirst(), name -> new ArrayList<>())
            .add(set(endpoint, path.subList(1, path.size())));
      }
    }
    return split;
  }
}

package grpc.balancer.base;

import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.EndpointAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The place of an endpoint in a tree of policies (A56): the path of child names. A resolver sets
 * it, and each parent removes the first name.
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
   * {@return the endpoints by the first name of their path, with that name removed} Endpoints
   * without a path are dropped.
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

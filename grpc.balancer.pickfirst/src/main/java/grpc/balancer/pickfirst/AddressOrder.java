package grpc.balancer.pickfirst;

import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The order in which addresses are tried: a pure function. */
final class AddressOrder {
  private enum Family {
    IPV4,
    IPV6,
    OTHER
  }

  private AddressOrder() {}

  /**
   * {@return all addresses of the endpoints, each once, the families in turn} The family of the
   * first address comes first; within a family the order stays (A61, RFC 8305 §4).
   */
  static List<Address> of(List<Endpoint> endpoints) {
    var distinct = new LinkedHashSet<Address>();
    endpoints.forEach(endpoint -> distinct.addAll(endpoint.addresses()));
    Map<Family, Deque<Address>> families = new LinkedHashMap<>();
    for (var address : distinct) {
      families.computeIfAbsent(family(address), f -> new ArrayDeque<>()).add(address);
    }
    var ordered = new ArrayList<Address>(distinct.size());
    while (ordered.size() < distinct.size()) {
      for (var family : families.values()) {
        var next = family.poll();
        if (next != null) {
          ordered.add(next);
        }
      }
    }
    return List.copyOf(ordered);
  }

  private static Family family(Address address) {
    return address.socketAddress() instanceof InetSocketAddress inet
        ? switch (inet.getAddress()) {
          case Inet4Address v4 -> Family.IPV4;
          case Inet6Address v6 -> Family.IPV6;
          case null, default -> Family.OTHER; // not resolved
        }
        : Family.OTHER;
  }
}

package grpc.spi.resolver;

import grpc.api.Attributes;
import java.util.List;

/**
 * One backend, reachable at any of its addresses (A61).
 *
 * @param addresses where it can be reached
 * @param attributes for balancers
 */
public record Endpoint(List<Address> addresses, Attributes attributes) {
  /** Copies the list. */
  public Endpoint {
    addresses = List.copyOf(addresses);
  }

  /** A backend with one address. */
  public Endpoint(Address address) {
    this(List.of(address), Attributes.EMPTY);
  }
}

package grpc.spi.resolver;

import grpc.api.Attributes;
import java.util.List;

/** One backend, reachable at any of its addresses (A61). Immutable. */
public final class Endpoint {
  private final List<Address> addresses;
  private final Attributes attributes;

  private Endpoint(List<Address> addresses, Attributes attributes) {
    this.addresses = List.copyOf(addresses);
    this.attributes = attributes;
  }

  /** {@return a backend with these addresses and no attributes} */
  public static Endpoint of(List<Address> addresses) {
    return new Endpoint(addresses, Attributes.EMPTY);
  }

  /** {@return a backend with one address and no attributes} */
  public static Endpoint of(Address address) {
    return new Endpoint(List.of(address), Attributes.EMPTY);
  }

  /** {@return this backend with these addresses in place of its own} */
  public Endpoint withAddresses(List<Address> addresses) {
    return new Endpoint(addresses, attributes);
  }

  /** {@return this backend with these attributes in place of its own} */
  public Endpoint withAttributes(Attributes attributes) {
    return new Endpoint(addresses, attributes);
  }

  /** {@return its addresses} */
  public List<Address> addresses() {
    return addresses;
  }

  /** {@return attributes for balancers} */
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Endpoint other
        && addresses.equals(other.addresses)
        && attributes.equals(other.attributes);
  }

  @Override
  public int hashCode() {
    return 31 * addresses.hashCode() + attributes.hashCode();
  }

  @Override
  public String toString() {
    return attributes.isEmpty() ? addresses.toString() : addresses + " " + attributes;
  }
}

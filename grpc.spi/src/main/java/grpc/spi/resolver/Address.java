package grpc.spi.resolver;

import grpc.api.Attributes;
import java.net.SocketAddress;

/** An address that a transport can connect to. Immutable. */
public final class Address {
  private final SocketAddress socketAddress;
  private final Attributes attributes;

  private Address(SocketAddress socketAddress, Attributes attributes) {
    this.socketAddress = socketAddress;
    this.attributes = attributes;
  }

  /** {@return an address with no attributes} */
  public static Address of(SocketAddress socketAddress) {
    return new Address(socketAddress, Attributes.EMPTY);
  }

  /** {@return this address with these attributes in place of its own} */
  public Address withAttributes(Attributes attributes) {
    return new Address(socketAddress, attributes);
  }

  /** {@return the socket address} */
  public SocketAddress socketAddress() {
    return socketAddress;
  }

  /**
   * {@return attributes for balancers and transports} They are part of the identity: an address
   * with other attributes has a connection of its own.
   */
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Address other
        && socketAddress.equals(other.socketAddress)
        && attributes.equals(other.attributes);
  }

  @Override
  public int hashCode() {
    return 31 * socketAddress.hashCode() + attributes.hashCode();
  }

  @Override
  public String toString() {
    return attributes.isEmpty() ? socketAddress.toString() : socketAddress + " " + attributes;
  }
}

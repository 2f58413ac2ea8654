package grpc.spi.resolver;

import grpc.api.Attributes;
import java.net.SocketAddress;

/**
 * Something that a transport can connect to.
 *
 * @param socketAddress where
 * @param attributes for balancers and transports; part of the identity
 */
public record Address(SocketAddress socketAddress, Attributes attributes) {
  /** An address with no attributes. */
  public Address(SocketAddress socketAddress) {
    this(socketAddress, Attributes.EMPTY);
  }
}

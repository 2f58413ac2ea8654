package grpc.transport.nio.wire;

import grpc.spi.failure.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** The reason why listening on an address failed, and advice. */
final class ListenHints {
  private ListenHints() {}

  static String message(SocketAddress address, Exception cause) {
    return "cannot listen on " + shown(address) + ": " + reason(address, cause);
  }

  private static String shown(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.isUnresolved()
        ? inet.getHostString() + ":" + inet.getPort()
        : address.toString();
  }

  private static String reason(SocketAddress address, Exception cause) {
    if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
      return "unknown host; give an address or a name of this machine, or a port alone for all of"
          + " its addresses";
    }
    String message = Reason.of(cause);
    if (address instanceof UnixDomainSocketAddress) {
      return message; // UnixSocketFile's message has the advice
    }
    if (message.contains("Address already in use")) {
      return message
          + "; is another process listening there? Choose another port, or port 0 for any that is"
          + " free";
    }
    if (message.contains("Cannot assign requested address")) {
      return message
          + "; the address is not one of this machine's. Give one of its own, or a port alone for"
          + " all of them";
    }
    if (message.contains("Permission denied")) {
      return message
          + "; ports below 1024 need a privilege. Choose a port from 1024 on, or grant it";
    }
    if (cause instanceof java.nio.channels.UnsupportedAddressTypeException) {
      return "IPv6 is switched off in this JVM (java.net.preferIPv4Stack); give an IPv4 address";
    }
    return cause instanceof IOException e ? Descriptors.explain(e) : message;
  }
}

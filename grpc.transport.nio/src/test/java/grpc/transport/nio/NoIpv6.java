package grpc.transport.nio;

import grpc.api.Status;
import java.net.InetSocketAddress;

/** A program that connects to an IPv6 address in a JVM that has none. */
final class NoIpv6 {
  private NoIpv6() {}

  public static void main(String[] args) throws Exception {
    var client = TestClient.connecting(new NioTransportProvider(), new InetSocketAddress("::1", 1));
    Status status = client.awaitClosed();
    if (!status.message().contains("IPv6 is switched off in this JVM")) {
      throw new IllegalStateException(status.toString());
    }
    System.out.println("OK");
  }
}

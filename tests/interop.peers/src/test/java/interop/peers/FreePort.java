package interop.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A TCP port for a program that cannot choose one itself. */
final class FreePort {
  private FreePort() {}

  /** {@return a port that nobody listens on; free a moment ago} */
  static int choose() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

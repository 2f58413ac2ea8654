package grpc.transport.nio.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import java.util.function.Function;

/** Opens wires to servers. */
public final class Dialer {
  private Dialer() {}

  /**
   * Starts to connect; the outcome arrives as an event of the wire. A host name is looked up on a
   * virtual thread first, since that blocks.
   *
   * @param eventsOf makes what hears the wire
   * @param failed hears that there never was a wire
   */
  public static void connect(
      Loop loop,
      SocketAddress address,
      Function<Wire, Wire.Events> eventsOf,
      Consumer<IOException> failed) {
    if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
      Thread.ofVirtual().name("tenon-nio-lookup").start(() -> lookUp(loop, inet, eventsOf, failed));
    } else {
      loop.execute(() -> open(loop, address, eventsOf, failed));
    }
  }

  private static void lookUp(
      Loop loop,
      InetSocketAddress unresolved,
      Function<Wire, Wire.Events> eventsOf,
      Consumer<IOException> failed) {
    var resolved = new InetSocketAddress(unresolved.getHostString(), unresolved.getPort());
    loop.execute(() -> {
      if (resolved.isUnresolved()) {
        failed.accept(new IOException("unknown host " + unresolved.getHostString()));
      } else {
        open(loop, resolved, eventsOf, failed);
      }
    });
  }

  private static void open(
      Loop loop,
      SocketAddress address,
      Function<Wire, Wire.Events> eventsOf,
      Consumer<IOException> failed) {
    SocketChannel channel;
    try {
      channel =
          address instanceof UnixDomainSocketAddress
              ? SocketChannel.open(StandardProtocolFamily.UNIX)
              : SocketChannel.open();
    } catch (IOException e) {
      failed.accept(e);
      return;
    }
    TcpWire.connect(loop, channel, address, eventsOf::apply);
  }
}

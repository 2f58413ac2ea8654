package grpc.transport.nio.wire;

import grpc.spi.failure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens one wire to a server. It looks up a host name first, on a thread of its own, because that
 * blocks. Then it tries the addresses until one connects ({@link AddressRace}).
 */
public final class Dialer {
  private final Loop loop;
  private final Function<Wire, Wire.Events> eventsOf;
  private final Consumer<IOException> failed;
  private @Nullable AddressRace race; // loop only, like the next field
  private boolean cancelled;

  /**
   * Does not dial yet.
   *
   * @param eventsOf makes the receiver of the wire's events
   * @param failed gets the failure if there is never a wire
   */
  public Dialer(Loop loop, Function<Wire, Wire.Events> eventsOf, Consumer<IOException> failed) {
    this.loop = loop;
    this.eventsOf = eventsOf;
    this.failed = failed;
  }

  /** Starts to connect; the outcome arrives as an event of the wire. Any thread, once. */
  public void connect(SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
      Thread.ofPlatform() // a virtual one could deadlock: all carriers may wait for connections
          .daemon()
          .name("tenon-nio-lookup")
          .inheritInheritableThreadLocals(false)
          .start(() -> lookUp(inet));
    } else {
      loop.execute(() -> guarded(() -> open(address)));
    }
  }

  /** Gives up the addresses of a name; an existing wire stays. Loop only. */
  public void cancel() {
    cancelled = true;
    if (race != null) {
      race.cancel();
    }
  }

  private void lookUp(InetSocketAddress unresolved) {
    String host = unresolved.getHostString();
    try {
      var addresses =
          Arrays.stream(InetAddress.getAllByName(host))
              .map(ip -> new InetSocketAddress(ip, unresolved.getPort()))
              .toList();
      loop.execute(() -> guarded(() -> race(addresses)));
    } catch (UnknownHostException e) {
      fail(new IOException("unknown host " + host, e));
    } catch (Throwable e) { // a badly merged jar breaks InetAddress with errors
      fail(new IOException("cannot look up " + host + ": " + Reason.of(e), e));
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) { // memory ran out
      failed.accept(new IOException(Reason.of(t), t));
    }
  }

  private void fail(IOException cause) {
    loop.execute(() -> failed.accept(cause));
  }

  private void race(List<InetSocketAddress> addresses) {
    if (!cancelled) {
      race = new AddressRace(loop, addresses, eventsOf, failed);
      race.start();
    }
  }

  private void open(SocketAddress address) {
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
    TcpWire.connect(loop, channel, address, eventsOf);
  }
}

package grpc.transport.nio.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on an address and makes wires of what connects. */
public final class Acceptor implements Loop.Channel {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final int BACKLOG = 4096;

  /** How long to stop accepting when the process has no descriptors left. */
  private static final long PAUSE_NANOS = 100_000_000;

  private final Loop loop;
  private final ServerSocketChannel channel;
  private final SocketAddress local;
  private final Supplier<Loop> loops;
  private final Function<Wire, Wire.Events> eventsOf;

  private Acceptor(
      Loop loop,
      ServerSocketChannel channel,
      Supplier<Loop> loops,
      Function<Wire, Wire.Events> eventsOf)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.local = channel.getLocalAddress();
    this.loops = loops;
    this.eventsOf = eventsOf;
  }

  /**
   * Listens.
   *
   * @param loop accepts
   * @param loops gives the loop of each connection
   * @param eventsOf makes what hears a connection's wire
   * @throws IOException naming the address, for example when the port is in use
   */
  public static Acceptor listen(
      Loop loop, SocketAddress address, Supplier<Loop> loops, Function<Wire, Wire.Events> eventsOf)
      throws IOException {
    ServerSocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    try {
      if (!(address instanceof UnixDomainSocketAddress)) {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      }
      channel.bind(address, BACKLOG);
      channel.configureBlocking(false);
      var acceptor = new Acceptor(loop, channel, loops, eventsOf);
      loop.execute(acceptor::register);
      return acceptor;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new IOException(
          "cannot listen on "
              + address
              + ": "
              + e.getMessage()
              + "; is another process listening there? Choose another address, or port 0 for any"
              + " free port",
          e);
    }
  }

  private void register() {
    try {
      if (channel.isOpen()) {
        loop.register(channel, SelectionKey.OP_ACCEPT, this);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  /** {@return where it listens, with the port that the system chose} */
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public void ready(SelectionKey key) {
    while (true) {
      try {
        SocketChannel accepted = channel.accept();
        if (accepted == null) {
          return;
        }
        SocketAddress remote = accepted.getRemoteAddress();
        Loop target = loops.get();
        target.execute(() -> TcpWire.connected(target, accepted, remote, eventsOf::apply));
      } catch (IOException e) {
        if (channel.isOpen()) {
          LOG.warn("accepting on {} failed; trying again in 100 ms", local, e);
          key.interestOps(0);
          loop.timers().schedule(PAUSE_NANOS, () -> resume(key));
        }
        return;
      }
    }
  }

  private static void resume(SelectionKey key) {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void failed(Throwable cause) {
    LOG.error("no longer listening on {}", local, cause);
    closeChannel();
  }

  /**
   * Stops listening; wires that were made live on. Any thread.
   *
   * @param closed runs on the loop once the address is free
   */
  public void close(Runnable closed) {
    loop.execute(() -> {
      closeChannel();
      closed.run();
    });
  }

  private void closeChannel() {
    try {
      channel.close();
      loop.forgetClosed();
      if (local instanceof UnixDomainSocketAddress unix) {
        Files.deleteIfExists(unix.getPath());
      }
    } catch (IOException e) {
      LOG.debug("closing {}", local, e);
    }
  }
}

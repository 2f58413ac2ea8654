package grpc.transport.nio.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on an address and makes wires of accepted sockets. It lives until it is closed or its
 * loop ends. When descriptors or memory run out, it waits a moment and goes on.
 */
public final class Acceptor implements Loop.Channel {
  private static final Logger log = LoggerFactory.getLogger("grpc.transport");
  private static final int BACKLOG = 4096;

  /** The pause in accepting when the process has no descriptors left. */
  private static final long PAUSE_NANOS = 100_000_000;

  /** The events of the listener and its connections. */
  public interface Events {
    /** {@return the loop of the next connection} On the acceptor's loop. */
    Loop loop() throws IOException;

    /** {@return the receiver of the wire's events} On its loop. */
    Wire.Events connected(Wire wire);

    /** The connection for the last {@link #loop} call failed to come up. On any loop. */
    void neverConnected();

    /** It no longer listens, and the address is free; once, on the acceptor's loop. */
    void closed();
  }

  private final Loop loop;
  private final ServerSocketChannel channel;
  private final SocketAddress local;
  private final @Nullable UnixSocketFile file;
  private final Events events;
  private final SeldomLog trouble;
  private boolean closed; // loop only

  private Acceptor(
      Loop loop, ServerSocketChannel channel, @Nullable UnixSocketFile file, Events events)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.local = channel.getLocalAddress();
    this.file = file;
    this.events = events;
    this.trouble = new SeldomLog(log, loop.timers()::now);
  }

  /**
   * Listens.
   *
   * @param loop the loop that accepts
   * @throws IOException naming the address and what to do, for example when the port is in use
   */
  public static Acceptor listen(Loop loop, SocketAddress address, Events events)
      throws IOException {
    ServerSocketChannel channel = null;
    try {
      UnixSocketFile file = null;
      if (address instanceof UnixDomainSocketAddress unix) {
        channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        file = UnixSocketFile.bind(channel, unix, BACKLOG);
      } else {
        channel = ServerSocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(address, BACKLOG);
      }
      channel.configureBlocking(false);
      var acceptor = new Acceptor(loop, channel, file, events);
      loop.execute(acceptor::register);
      return acceptor;
    } catch (IOException | RuntimeException e) { // unresolved addresses and the like: unchecked
      if (channel != null) {
        channel.close();
      }
      throw new IOException(ListenHints.message(address, e), e);
    }
  }

  private void register() {
    try {
      if (channel.isOpen()) {
        loop.register(channel, SelectionKey.OP_ACCEPT, this);
      }
    } catch (IOException e) {
      log.error("cannot accept connections on {}", local, e);
      closeChannel();
    }
  }

  /** {@return the address that it listens on, with the port that the system chose} */
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
        accepted(accepted);
      } catch (IOException e) {
        if (channel.isOpen()) {
          trouble.warn("accepting on " + local + " failed: " + Descriptors.explain(e));
          loop.timers().schedule(PAUSE_NANOS, () -> resume(key));
          key.interestOps(0);
        }
        return;
      }
    }
  }

  private void accepted(SocketChannel accepted) throws IOException {
    Loop target = null;
    try {
      SocketAddress remote = accepted.getRemoteAddress();
      target = events.loop();
      Loop its = target;
      its.execute(() ->
          TcpWire.connected(its, accepted, remote, events::connected, events::neverConnected));
    } catch (Throwable t) { // descriptors or memory have run out
      accepted.close();
      if (target != null) {
        events.neverConnected();
      }
      throw t;
    }
  }

  private static void resume(SelectionKey key) {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void failed(Throwable cause) {
    if (cause instanceof IOException) { // of the loop: ready() does not throw these
      log.error("no longer listening on {}", local, cause);
      closeChannel();
    } else {
      trouble.warn("accepting a connection on " + local + " failed: " + cause);
    }
  }

  @Override
  public void armAgain(SelectionKey key) {
    if (key.isValid()) {
      key.interestOps(0);
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  /** Stops listening; existing wires live on. Any thread. */
  public void close() {
    loop.execute(this::closeChannel);
  }

  private void closeChannel() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (file != null) {
        file.delete(); // before: once the socket is closed, a successor may take the path
      }
      channel.close();
      loop.forgetClosed();
    } catch (IOException | RuntimeException e) { // the loop may be ending
      log.debug("closing {}", local, e);
    } finally {
      events.closed();
    }
  }
}

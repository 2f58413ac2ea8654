package grpc.transport.nio.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A wire over a TCP or Unix domain socket. */
final class TcpWire implements Wire, Loop.Channel {
  private static final Logger log = LoggerFactory.getLogger("grpc.transport");

  private final Loop loop;
  private final SocketChannel channel;
  private final Wire.Events events;
  private final SocketAddress remote;
  private @Nullable SelectionKey key;

  /** The received bytes that are not consumed; usually null: frames usually come complete. */
  private byte @Nullable [] rest;

  /** The reason of its end, once it ends. */
  private @Nullable Throwable failure;

  private final Unfinished unfinished = new Unfinished(this::goOn);

  private TcpWire(
      Loop loop,
      SocketChannel channel,
      SocketAddress remote,
      Function<Wire, Wire.Events> eventsOf) {
    this.loop = loop;
    this.channel = channel;
    this.remote = remote;
    this.events = eventsOf.apply(this);
  }

  /**
   * Registers a channel that is connected. Loop only.
   *
   * @param never runs if there is no wire; the channel is then closed, the exception rethrown
   */
  static void connected(
      Loop loop,
      SocketChannel channel,
      SocketAddress remote,
      Function<Wire, Wire.Events> eventsOf,
      Runnable never) {
    TcpWire wire;
    try {
      wire = new TcpWire(loop, channel, remote, eventsOf);
    } catch (Throwable t) {
      close(channel);
      never.run();
      throw t;
    }
    try {
      wire.configure();
      wire.key = loop.register(channel, SelectionKey.OP_READ, wire);
      wire.events.connected();
    } catch (Throwable t) {
      wire.failed(t);
    }
  }

  /** Connects. Loop only; the outcome arrives as an event. */
  static void connect(
      Loop loop,
      SocketChannel channel,
      SocketAddress remote,
      Function<Wire, Wire.Events> eventsOf) {
    TcpWire wire;
    try {
      wire = new TcpWire(loop, channel, remote, eventsOf);
    } catch (Throwable t) {
      close(channel);
      throw t;
    }
    try {
      wire.configure();
      if (wire.connects()) {
        wire.key = loop.register(channel, SelectionKey.OP_READ, wire);
        wire.events.connected();
      } else {
        wire.key = loop.register(channel, SelectionKey.OP_CONNECT, wire);
      }
    } catch (Throwable t) {
      wire.failed(t);
    }
  }

  private boolean connects() throws IOException {
    try {
      return channel.connect(remote);
    } catch (UnsupportedAddressTypeException e) {
      throw new IOException(
          "IPv6 is switched off in this JVM (java.net.preferIPv4Stack), and this is an IPv6"
              + " address",
          e);
    } catch (RuntimeException e) { // an address that cannot be connected to is no defect
      throw new IOException(e.toString(), e);
    }
  }

  private void configure() throws IOException {
    channel.configureBlocking(false);
    if (!(remote instanceof UnixDomainSocketAddress)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    if (failure != null) {
      return;
    }
    if (key.isConnectable() && !channel.isConnected()) {
      channel.finishConnect();
      key.interestOps(SelectionKey.OP_READ);
      events.connected();
      return;
    }
    if (key.isWritable()) {
      events.writable();
    }
    if (key.isValid() && key.isReadable()) {
      read();
    }
  }

  private void read() throws IOException {
    ByteBuffer in = loop.readBuffer();
    if (rest != null) {
      in.put(rest);
      rest = null;
    }
    int count = channel.read(in);
    if (count < 0) {
      events.endOfInput();
      return;
    }
    in.flip();
    try {
      events.received(in);
      if (in.hasRemaining()) {
        rest = new byte[in.remaining()];
        in.get(rest);
      }
    } finally {
      events.readPassEnded();
    }
  }

  @Override
  public void armAgain(SelectionKey key) {
    if (key.isValid() && channel.isConnected()) {
      key.interestOpsOr(SelectionKey.OP_CONNECT); // of no meaning now
      key.interestOpsAnd(~SelectionKey.OP_CONNECT); // others may set what they want meanwhile
    }
  }

  /** Ends it, even without memory. */
  @Override
  public void failed(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    goOnOrAgain();
  }

  @Override
  public void fail(Throwable cause) {
    failed(cause);
  }

  private void goOnOrAgain() {
    try {
      goOn();
    } catch (Throwable t) { // memory ran out
      again();
    }
  }

  private void goOn() {
    Throwable cause = failure;
    if (cause != null) {
      close(); // first: nothing is read from the middle of a frame
      tellFailure(cause);
    }
    events.unfinished();
  }

  private void tellFailure(Throwable cause) {
    switch (cause) {
      case IOException e -> events.failed(e);
      case CancelledKeyException e -> events.failed(new ClosedChannelException()); // a moment ago
      case OutOfMemoryError e -> events.failed(new IOException("memory ran out", e));
      default -> {
        log.error("reading from {} failed", remote, cause);
        events.failed(new IOException(cause.toString(), cause));
      }
    }
  }

  @Override
  public void again() {
    loop.again(unfinished);
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public SocketAddress localAddress() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      return remote;
    }
  }

  @Override
  public int write(ByteBuffer out) throws IOException {
    return channel.write(out);
  }

  @Override
  public void awaitWritable() {
    SelectionKey k = key;
    try {
      if (k != null) {
        k.interestOpsOr(SelectionKey.OP_WRITE);
      }
    } catch (CancelledKeyException e) {
      return; // closed meanwhile: the thread that closed it ends the waits
    }
    loop.wakeIfAsleep();
  }

  @Override
  public void writableSeen() {
    interest(SelectionKey.OP_WRITE, false);
  }

  @Override
  public void reading(boolean on) {
    interest(SelectionKey.OP_READ, on);
  }

  private void interest(int op, boolean on) {
    SelectionKey k = key;
    if (k != null && k.isValid()) {
      if (on) {
        k.interestOpsOr(op);
      } else {
        k.interestOpsAnd(~op);
      }
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    if (channel.isConnected()) { // the JDK does not retry a close that ran out of memory
      try {
        channel.shutdownOutput();
      } catch (IOException e) {
        // It is closed, or the other side has gone.
      }
    }
    close(channel);
    loop.wakeIfAsleep(); // the key leaves the selector at its next select
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }
}

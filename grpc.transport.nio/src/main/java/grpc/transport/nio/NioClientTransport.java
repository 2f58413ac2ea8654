package grpc.transport.nio;

import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.failure.Reason;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.EndedStream;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamOptions;
import grpc.transport.nio.client.ClientConnection;
import grpc.transport.nio.connection.DurationText;
import grpc.transport.nio.wire.Dialer;
import grpc.transport.nio.wire.Loop;
import grpc.transport.nio.wire.LoopGroup;
import grpc.transport.nio.wire.LoopTimers;
import grpc.transport.nio.wire.Unfinished;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, from its first attempt to connect. The listener gets its events on the
 * loop, one at a time, the end last.
 */
final class NioClientTransport implements ClientTransport, ClientConnection.Events {
  private static final AtomicReferenceFieldUpdater<NioClientTransport, @Nullable Status> END =
      AtomicReferenceFieldUpdater.newUpdater(NioClientTransport.class, Status.class, "end");

  private final Address target;
  private final SocketAddress address;
  private final ClientTransportOptions options;
  private final ClientTransport.Listener listener;
  private final LoopGroup loops;
  private final Loop loop;
  private final Unfinished telling = new Unfinished(this::tellEnd);
  private volatile @Nullable Status end;
  private boolean reported; // loop only
  private final Dialer dialer;
  private LoopTimers.@Nullable Timer attempt; // loop only
  private long attemptBegan; // loop only
  private volatile @Nullable ClientConnection connection;
  private volatile @Nullable Status closedEarly;

  private NioClientTransport(
      Address target,
      ClientTransportOptions options,
      ClientTransport.Listener listener,
      LoopGroup loops,
      Loop loop) {
    this.target = target;
    this.address = target.socketAddress();
    this.options = options;
    this.listener = listener;
    this.loops = loops;
    this.loop = loop;
    this.dialer = new Dialer(loop, this::attach, this::dialFailed);
  }

  /** Starts to connect; the listener gets the outcome. */
  static ClientTransport connect(
      Address address,
      ClientTransportOptions options,
      ClientTransport.Listener listener,
      LoopGroup loops) {
    Loop loop;
    try {
      loop = loops.retain();
    } catch (IOException e) { // no descriptors, threads or memory now; a later attempt may succeed
      var reason =
          Status.unavailable(
              "cannot connect to " + address.socketAddress() + ": " + e.getMessage());
      listener.closed(reason);
      return new UnconnectedTransport(reason);
    }
    var client = new NioClientTransport(address, options, listener, loops, loop);
    client.loop.execute(client::limitAttempt);
    client.dialer.connect(client.address);
    return client;
  }

  private void limitAttempt() {
    var late =
        Status.unavailable(
            "no connection to " + address + " within " + DurationText.of(options.connectTimeout()));
    attemptBegan = loop.timers().now();
    attempt = loop.timers().schedule(options.connectTimeout().toNanos(), () -> close(late));
  }

  private void attemptOver() {
    if (attempt != null) {
      attempt.cancel();
      attempt = null; // the timer would hold this connection until it is due
    }
  }

  private Wire.Events attach(Wire wire) {
    var c = new ClientConnection(wire, options, target.attributes(), this);
    connection = c; // then reads closedEarly; close writes and reads in the other order
    Status early = closedEarly;
    if (early != null) {
      c.close(early);
    }
    return c.wireEvents();
  }

  private void dialFailed(IOException cause) {
    closed(Status.unavailable("cannot connect to " + address + ": " + Reason.of(cause)));
  }

  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions streamOptions) {
    return start(headers, streamOptions, null);
  }

  @Override
  public ClientStream newStream(
      RequestHeaders headers, StreamOptions streamOptions, Message message) {
    return start(headers, streamOptions, message);
  }

  private ClientStream start(
      RequestHeaders headers, StreamOptions streamOptions, @Nullable Message message) {
    ClientConnection c = connection;
    return c == null
        ? EndedStream.unsent(Status.unavailable("not connected to " + address))
        : c.start(headers, streamOptions, message);
  }

  @Override
  public void drain() {
    ClientConnection c = connection;
    if (c == null || !c.drain()) {
      close(Status.unavailable("the connection was given up before it was ready"));
    }
  }

  @Override
  public void close(Status status) {
    closedEarly = status;
    ClientConnection c = connection;
    if (c != null) {
      c.close(status);
    } else {
      closed(status);
    }
  }

  // ---- the connection's events

  @Override
  public long connected() {
    attemptOver();
    return loop.timers().now() - attemptBegan;
  }

  @Override
  public void ready(Peer peer) {
    if (end == null) { // by another thread, while the server's SETTINGS were read
      listener.ready(peer);
    }
  }

  @Override
  public void pingedTooOften(Keepalive used) {
    if (end == null) {
      listener.pingedTooOften(used);
    }
  }

  @Override
  public void draining(Status reason) {
    if (end == null) {
      listener.draining(reason);
    }
  }

  @Override
  public void closed(Status cause) {
    if (END.compareAndSet(this, null, cause)) {
      loop.again(telling);
    }
  }

  /** Reports the end; runs again if memory ran out. Loop only. */
  private void tellEnd() {
    Status cause = end;
    if (cause != null && !reported) {
      attemptOver();
      dialer.cancel();
      listener.closed(cause);
      reported = true;
      loops.release();
    }
  }
}

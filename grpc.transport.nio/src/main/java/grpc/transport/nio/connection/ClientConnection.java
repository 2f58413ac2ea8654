package grpc.transport.nio.connection;

import grpc.api.Attributes;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.spi.transport.StreamOptions;
import grpc.transport.nio.call.RequestBlock;
import grpc.transport.nio.call.ResponseReader;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.ErrorCode;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.hpack.HeaderSink;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.outbound.OutboundStream;
import grpc.transport.nio.stream.ClientCallStream;
import grpc.transport.nio.stream.Stream;
import grpc.transport.nio.stream.StreamOwner;
import grpc.transport.nio.wire.Dialer;
import grpc.transport.nio.wire.Loop;
import grpc.transport.nio.wire.LoopGroup;
import grpc.transport.nio.wire.LoopTimers;
import grpc.transport.nio.wire.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client's end of a connection, from its first attempt on. */
public final class ClientConnection implements Side, ClientTransport, StreamOwner {
  private final SocketAddress address;
  private final ClientTransportOptions options;
  private final ClientTransport.Listener listener;
  private final LoopGroup loops;
  private final Loop loop;
  private final Settings settings;
  private final StreamTable<ClientCallStream> streams = new StreamTable<>();
  private final ResponseReader block = new ResponseReader();
  private final AtomicInteger callsInFlight = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private int lastGoAway = Integer.MAX_VALUE;
  private LoopTimers.@Nullable Timer attemptTimer; // loop only
  private volatile @Nullable Connection connection;
  private volatile @Nullable Status closeStatus;
  private volatile int lastOpened;
  private volatile boolean ready;
  private volatile boolean draining;

  private ClientConnection(
      SocketAddress address,
      ClientTransportOptions options,
      ClientTransport.Listener listener,
      LoopGroup loops) {
    this.address = address;
    this.options = options;
    this.listener = listener;
    this.loops = loops;
    this.loop = loops.retain();
    this.settings = OurSettings.client(options.maxHeaderListSize());
  }

  /** Starts to connect; the listener hears the outcome. */
  public static ClientConnection connect(
      SocketAddress address,
      ClientTransportOptions options,
      ClientTransport.Listener listener,
      LoopGroup loops) {
    var client = new ClientConnection(address, options, listener, loops);
    client.loop.execute(client::limitAttempt);
    Dialer.connect(client.loop, address, client::attach, client::dialFailed);
    return client;
  }

  private void limitAttempt() {
    attemptTimer =
        loop.timers()
            .schedule(
                options.connectTimeout().toNanos(),
                () ->
                    close(
                        Status.unavailable(
                            "no connection to "
                                + address
                                + " within "
                                + options.connectTimeout())));
  }

  private void attemptOver() {
    if (attemptTimer != null) {
      attemptTimer.cancel();
      attemptTimer = null; // it would hold this connection until it is due
    }
  }

  private Wire.Events attach(Wire wire) {
    var c = new Connection(wire, this, Settings.DEFAULT);
    connection = c;
    Status early = closeStatus;
    if (early != null) {
      c.close(early);
    }
    return c;
  }

  private void dialFailed(IOException cause) {
    closed(Status.unavailable("cannot connect to " + address + ": " + cause.getMessage()));
  }

  private Connection connection() {
    Connection c = connection;
    if (c == null) {
      throw new IllegalStateException("no wire yet");
    }
    return c;
  }

  // ---- the transport

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
    var stream =
        new ClientCallStream(this, streamOptions, OurSettings.STREAM_WINDOW, message != null);
    callsInFlight.incrementAndGet();
    if (!ready || draining) {
      stream.fail(Status.unavailable("the connection takes no new calls"), Progress.NOT_SENT);
      return stream;
    }
    var open = new Command.Open(stream, new RequestBlock(headers, options.userAgent()), message);
    if (!connection().put(open)) {
      stream.fail(Status.unavailable("the connection has closed"), Progress.NOT_SENT);
    }
    return stream;
  }

  @Override
  public void drain() {
    draining = true;
    Connection c = connection;
    if (c == null || !ready) {
      close(Status.unavailable("the connection was given up before it was ready"));
    } else {
      loop.execute(this::farewellIfIdle);
    }
  }

  private void farewellIfIdle() {
    if (draining && callsInFlight.get() == 0) {
      Connection c = connection();
      c.put(new Command.GoAway(0, ErrorCode.NO_ERROR, ""));
      c.sayFarewell(Status.unavailable("the connection was drained"));
    }
  }

  @Override
  public void close(Status status) {
    closeStatus = status;
    Connection c = connection;
    if (c != null) {
      c.close(status);
    } else {
      closed(status);
    }
  }

  // ---- the streams' owner

  @Override
  public boolean put(Command command) {
    return connection().put(command);
  }

  @Override
  public boolean isOnLoop() {
    return loop.isCurrent();
  }

  @Override
  public void wakeLater(Stream stream) {
    connection().wakeLater(stream);
  }

  @Override
  public void callEnded(Stream stream) {
    if (callsInFlight.decrementAndGet() == 0 && draining) {
      Connection c = connection;
      if (c != null) {
        loop.execute(this::farewellIfIdle);
      }
    }
  }

  // ---- the connection's side

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public void connected() {
    connection().begin(true, options.connectTimeout());
  }

  @Override
  public boolean prefaceRead(ByteBuffer in) {
    return true; // servers have none
  }

  @Override
  public void handshakeDone() {
    attemptOver();
    if (closed.get()) {
      return; // by another thread, while the server's SETTINGS were read
    }
    ready = true;
    Wire wire = connection().wire();
    listener.ready(new Peer(wire.remoteAddress(), wire.localAddress(), Attributes.EMPTY));
  }

  @Override
  public HeaderSink blockBegins() {
    block.reset();
    return block;
  }

  @Override
  public void blockEnds(int streamId, boolean endStream, boolean overLimit)
      throws ConnectionError, StreamError {
    ClientCallStream stream = find(streamId);
    if (stream == null) {
      return; // cancelled a moment ago
    }
    if (overLimit) {
      stream.headersOverLimit(options.maxHeaderListSize(), endStream);
    } else {
      stream.headers(block, endStream);
    }
    if (endStream) {
      gone(stream);
    }
  }

  private void gone(OutboundStream stream) {
    streams.remove(stream.id());
    Connection c = connection();
    if (c.opensWaiting()) {
      c.put(new Command.StreamEnded());
    }
  }

  @Override
  public @Nullable ClientCallStream find(int streamId) throws ConnectionError {
    if ((streamId & 1) == 0) {
      throw new ConnectionError( // RFC 9113 §5.1.1: even ids are pushed, and push is off
          ErrorCode.PROTOCOL_ERROR, "stream " + streamId + " was not opened here (expected: odd)");
    }
    ClientCallStream stream = streams.find(streamId);
    if (stream == null && streamId > lastOpened) {
      throw new ConnectionError( // RFC 9113 §5.1, idle
          ErrorCode.PROTOCOL_ERROR, "a frame on stream " + streamId + ", which is idle");
    }
    return stream;
  }

  @Override
  public void dataEnded(Stream stream) {
    ((ClientCallStream) stream).endedWithoutTrailers();
    gone(stream);
  }

  @Override
  public void unreadable(Stream stream) {
    // The call has ended with it.
  }

  @Override
  public void reset(Stream stream, int code) {
    ((ClientCallStream) stream).reset(code);
    gone(stream);
  }

  @Override
  public void violated(Stream stream, StreamError error) {
    ((ClientCallStream) stream).violated(error);
  }

  @Override
  public void goAway(int lastStreamId, int errorCode, String debug) throws ConnectionError {
    if (lastStreamId > lastGoAway) { // RFC 9113 §6.8
      throw new ConnectionError(
          ErrorCode.PROTOCOL_ERROR,
          "GOAWAY with last stream " + lastStreamId + " after one with " + lastGoAway);
    }
    lastGoAway = lastStreamId;
    Status status =
        Status.unavailable(
            "the server is going away: "
                + ErrorCode.describe(errorCode)
                + (debug.isEmpty() ? "" : ": " + debug));
    connection().put(new Command.PeerWentAway(lastStreamId, status));
    startDraining(status);
  }

  private void startDraining(Status reason) {
    if (!draining) {
      draining = true;
      listener.draining(reason);
    }
    loop.execute(this::farewellIfIdle);
  }

  @Override
  public void idsUsedUp() {
    loop.execute(() -> startDraining(Status.unavailable("the stream ids are nearly used up")));
  }

  @Override
  public void pong(long opaque) {
    // Nothing here sends PING.
  }

  @Override
  public int lastPeerStreamId() {
    return 0;
  }

  @Override
  public Status endOfInput() {
    return Status.unavailable("the server " + address + " closed the connection");
  }

  @Override
  public void dispatch() {
    // A client starts nothing: its callers wait for themselves.
  }

  @Override
  public void opened(OutboundStream stream) {
    streams.put(stream.id(), (ClientCallStream) stream);
    lastOpened = stream.id();
  }

  @Override
  public void localEnded(OutboundStream stream) {
    // The stream lives until the server has answered.
  }

  @Override
  public void resetWritten(OutboundStream stream) {
    gone(stream);
  }

  @Override
  public int openStreams() {
    return streams.size();
  }

  @Override
  public void forEachStream(Consumer<OutboundStream> action) {
    streams.forEach(action);
  }

  @Override
  public boolean othersInFlight() {
    return callsInFlight.get() > 1;
  }

  @Override
  public void closed(Status cause) {
    if (closed.compareAndSet(false, true)) {
      loop.execute(() -> { // the listener hears one event at a time, this one last
        attemptOver();
        ready = false;
        try {
          listener.closed(cause);
        } finally {
          loops.release();
        }
      });
    }
  }
}

package grpc.transport.nio.server;

import grpc.api.Peer;
import grpc.api.PeerSecurity;
import grpc.api.Status;
import grpc.spi.credentials.ConnectionDetails;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.InboundMemory;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransportOptions;
import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.connection.ConnectionRole;
import grpc.transport.nio.connection.LocalSettings;
import grpc.transport.nio.connection.StreamTable;
import grpc.transport.nio.flow.BdpEstimator;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.Preface;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.frame.StreamError;
import grpc.transport.nio.guard.PingStrikes;
import grpc.transport.nio.guard.ResetBudget;
import grpc.transport.nio.hpack.HeaderSink;
import grpc.transport.nio.outbound.OutboundStream;
import grpc.transport.nio.stream.ServerCallStream;
import grpc.transport.nio.stream.Stream;
import grpc.transport.nio.tls.SecurityStep;
import grpc.transport.nio.wire.SeldomLog;
import grpc.transport.nio.wire.Wire;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The server's end of a connection. */
public final class ServerConnection implements ConnectionRole {
  private static final SeldomLog REFUSED =
      new SeldomLog(LoggerFactory.getLogger(ServerConnection.class), System::nanoTime);
  private static final SeldomLog CROWDED =
      new SeldomLog(LoggerFactory.getLogger(ServerConnection.class), System::nanoTime);

  private final ServerStreamAcceptor acceptor;
  private Peer peer; // loop only, until it is established
  private volatile boolean established; // the client has said hello
  private final ServerTransportOptions options;
  private final Consumer<ServerConnection> onClosed;
  private final Settings settings;
  private final StreamTable<ServerCallStream> streams = new StreamTable<>();
  private final Preface preface = new Preface();
  private final Handlers handlers;
  private final Connection connection;
  private final GracefulShutdown gracefulShutdown;
  private final PingStrikes strikes;
  private final ConnectionAgeLimits ageLimits;
  private final InboundRequests requests;
  private final ResetBudget resets;
  private final InboundMemory.Account memory;
  private boolean prefaceWhole;
  private int resetStreams;
  private long askedAt;
  private @Nullable SecurityStep security; // loop only

  /**
   * The server's end of this wire.
   *
   * @param onClosed hears that it is gone; on any thread
   */
  public ServerConnection(
      Wire wire,
      ServerTransportOptions options,
      ServerStreamAcceptor acceptor,
      Consumer<ServerConnection> onClosed) {
    this.options = options;
    this.acceptor = acceptor;
    this.peer = Peer.of(wire.remoteAddress(), wire.localAddress());
    this.onClosed = onClosed;
    this.handlers = new Handlers(wire.loop().timers()::now, options.maxConcurrentStreams());
    this.settings =
        LocalSettings.server(options.maxConcurrentStreams(), options.maxHeaderListSize());
    this.connection = new Connection(wire, this, Optional.of(options.keepalive()));
    this.gracefulShutdown = new GracefulShutdown(connection, streams::isEmpty);
    this.memory = options.memory().account();
    this.strikes = new PingStrikes(options.pingPolicy());
    this.resets = new ResetBudget(options.maxConcurrentStreams(), wire.loop().timers().now());
    this.requests =
        new InboundRequests(
            options, acceptor, connection, streams, handlers, gracefulShutdown, () -> peer);
    this.ageLimits =
        new ConnectionAgeLimits(
            connection, gracefulShutdown, options.age(), requests::lastStreamId);
  }

  /** {@return what hears the wire} */
  public Wire.Events events() {
    return connection;
  }

  /** Ends gracefully: what was accepted is answered. Any thread. */
  public void drain() {
    connection.execute(() -> {
      if (!established) {
        close(Status.unavailable("the server is shutting down"));
      } else {
        gracefulShutdown.begin("draining");
      }
    });
  }

  /** Closes at once; where all answers are written, the client has its moment to close first. */
  public void close(Status status) {
    connection.closeUnlessFlushed(status);
  }

  // ---- the connection's side

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public int dataCost() {
    return 32;
  }

  @Override
  public void connected() {
    if (options.security().equals(ServerSecurity.PLAINTEXT)) {
      connection.begin(false, options.handshakeTimeout(), 0);
    } else {
      askedAt = connection.loop().timers().now();
      var details = ConnectionDetails.ofServer(peer.remote(), peer.local());
      security = new SecurityStep(connection, options.security(), this::begin, this::refused);
      security.begin(() -> options.security().accept(details), options.handshakeTimeout());
    }
  }

  private void begin(PeerSecurity secured) {
    peer = peer.withSecurity(secured);
    long passed = connection.loop().timers().now() - askedAt;
    connection.begin(false, options.handshakeTimeout(), passed);
  }

  private void refused(String reason) {
    REFUSED.warn(
        "the credentials %s of %s refuse connections, the last one that of %s: %s"
            .formatted(options.security(), peer.local(), peer.remote(), reason));
  }

  @Override
  public boolean prefaceRead(ByteBuffer in) throws ConnectionError {
    if (!prefaceWhole) {
      prefaceWhole = preface.read(in);
    }
    return prefaceWhole;
  }

  @Override
  public void handshakeDone() {
    ageLimits.begin();
    established = true;
    acceptor.connected(peer);
  }

  @Override
  public HeaderSink blockBegins() {
    return requests.blockBegins();
  }

  @Override
  public void blockEnds(int streamId, boolean endStream, boolean overLimit)
      throws ConnectionError, StreamError {
    requests.blockEnds(streamId, endStream, overLimit);
  }

  @Override
  public void dispatch() {
    handlers.start();
  }

  @Override
  public @Nullable ServerCallStream find(int streamId) throws ConnectionError {
    return requests.find(streamId);
  }

  @Override
  public void dataEnded(Stream stream) {
    requests.ended((ServerCallStream) stream);
  }

  @Override
  public void dataLate(int streamId, boolean endStream) throws StreamError {
    requests.dataLate(streamId, endStream);
  }

  @Override
  public void resetLate(int streamId) {
    requests.resetLate(streamId);
  }

  @Override
  public void unreadable(Stream stream) {
    handlers.due((ServerCallStream) stream);
  }

  @Override
  public void reset(Stream stream, int code) throws ConnectionError {
    var call = (ServerCallStream) stream;
    call.reset(code);
    gone(call);
    resetStreams++;
    long now = connection.passBegan();
    if (!call.mayBeReset(now)) {
      resets.reset(now, now - call.openedAt(), answered());
    }
  }

  @Override
  public void madeToReset(boolean wasOpen) throws ConnectionError {
    if (wasOpen) {
      resetStreams++;
    }
    resets.provoked(connection.loop().timers().now(), answered());
  }

  /** {@return how many requests ended with an answer; fewer while a reset is yet to be written} */
  private int answered() {
    return requests.accepted() - resetStreams - streams.size();
  }

  @Override
  public void violated(Stream stream, StreamError error) {
    ((ServerCallStream) stream).violated(error);
  }

  @Override
  public void goAway(int last, int errorCode, String debug) {
    // The client opens no new streams; those that run are answered, then it closes.
  }

  @Override
  public void pinged() throws ConnectionError {
    strikes.ping(connection.loop().timers().now(), connection.takeAnswered(), hasCalls());
  }

  @Override
  public void pong(long opaque) {
    gracefulShutdown.pong(opaque);
  }

  @Override
  public int lastPeerStreamId() {
    return requests.lastStreamId();
  }

  @Override
  public Status endOfInput() {
    return Status.cancelled("the client closed the connection");
  }

  @Override
  public void localEnded(OutboundStream stream) {
    gone((ServerCallStream) stream);
  }

  private void gone(ServerCallStream stream) {
    streams.remove(stream);
    stream.forgetReceived();
    gracefulShutdown.streamGone();
  }

  @Override
  public boolean charge(int bytes) {
    boolean may = memory.charge(bytes);
    if (!may) {
      CROWDED.warn(
          "a call of %s is refused: messages that are not whole or not taken hold %d of %d bytes (a connection may hold %d); see GrpcServerBuilder.inboundMemory"
              .formatted(
                  peer.remote(),
                  options.memory().used(),
                  options.memory().inAll(),
                  options.memory().perConnection()));
    }
    return may;
  }

  @Override
  public boolean windowsMayGrow() {
    return options.memory().perConnection() >= 2L * BdpEstimator.MOST;
  }

  @Override
  public void release(int bytes) {
    memory.release(bytes);
  }

  @Override
  public void resetWritten(OutboundStream stream) {
    requests.reset(stream.id());
    localEnded(stream);
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
  public void callEnded() {
    handlers.ended();
  }

  @Override
  public boolean hasCalls() {
    return !streams.isEmpty();
  }

  @Override
  public void stopTimers() {
    if (security != null) {
      security.end();
    }
    ageLimits.end();
    requests.stopTimers();
    streams.forEach(Stream::dropReceived); // their handlers may run on for long
  }

  @Override
  public boolean othersInFlight() {
    return handlers.several();
  }

  @Override
  public void unfinished() {
    streams.forEach(ServerCallStream::endIfAbandoned);
  }

  @Override
  public void closed(Status cause) {
    streams.forEach(Stream::forgetReceived); // whoever waits for the end may ask what is held
    if (established) {
      established = false;
      acceptor.disconnected(peer, cause);
    }
    onClosed.accept(this);
  }
}

package grpc.transport.nio.server;

import grpc.api.Peer;
import grpc.api.PeerSecurity;
import grpc.api.Status;
import grpc.spi.credentials.ConnectionDetails;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransportOptions;
import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.connection.ConnectionRole;
import grpc.transport.nio.connection.LocalSettings;
import grpc.transport.nio.connection.StreamFrames;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.Preface;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.guard.PingStrikes;
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

/** The server's side of a connection. */
public final class ServerConnection implements ConnectionRole {
  private static final SeldomLog REFUSED =
      new SeldomLog(LoggerFactory.getLogger("grpc.http2"), System::nanoTime);

  private final ServerStreamAcceptor acceptor;
  private Peer peer; // loop only, until it is established
  private volatile boolean established; // the client's preface and SETTINGS came
  private final ServerTransportOptions options;
  private final Consumer<ServerConnection> onClosed;
  private final Settings settings;
  private final Preface preface = new Preface();
  private final Handlers handlers;
  private final Connection connection;
  private final GracefulShutdown gracefulShutdown;
  private final PingStrikes strikes;
  private final ConnectionAgeLimits ageLimits;
  private final InboundRequests requests;
  private boolean prefaceWhole;
  private long askedAt;
  private @Nullable SecurityStep security; // loop only

  /**
   * The server's side of this wire.
   *
   * @param onClosed runs when it is gone, on any thread
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
    var budget = new RequestBudget(options.memory(), wire.remoteAddress());
    this.connection = new Connection(wire, this, budget, Optional.of(options.keepalive()));
    this.gracefulShutdown = new GracefulShutdown(connection);
    this.strikes = new PingStrikes(options.pingPolicy());
    this.requests =
        new InboundRequests(options, acceptor, connection, handlers, gracefulShutdown, () -> peer);
    this.ageLimits =
        new ConnectionAgeLimits(
            connection, gracefulShutdown, options.age(), requests::lastStreamId);
  }

  /** {@return the receiver of the wire's events} */
  public Wire.Events events() {
    return connection;
  }

  /** Ends gracefully: accepted requests are answered. Any thread. */
  public void drain() {
    connection.execute(() -> {
      if (!established) {
        close(Status.unavailable("the server is shutting down"));
      } else {
        gracefulShutdown.begin("draining");
      }
    });
  }

  /** Closes at once; if all answers are written, the client has a moment to close first. */
  public void close(Status status) {
    connection.closeUnlessFlushed(status);
  }

  // ---- the role

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public int dataCost() {
    return 32;
  }

  @Override
  public StreamFrames streamFrames() {
    return requests;
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
        "the credentials %s of %s refuse connections, most recently that of %s: %s"
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
  public void dispatch() {
    handlers.start();
  }

  @Override
  public void goAway(int last, int errorCode, String debug) {
    // the client opens no new streams; running ones are answered, then the client closes
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
  public void idsUsedUp() {
    throw new IllegalStateException("a server opens no streams");
  }

  @Override
  public void localEnded(OutboundStream stream) {
    requests.gone((ServerCallStream) stream);
  }

  @Override
  public void resetWritten(OutboundStream stream) {
    requests.resetWritten((ServerCallStream) stream);
  }

  @Override
  public void callEnded() {
    handlers.ended();
  }

  @Override
  public boolean hasCalls() {
    return !connection.streams().isEmpty();
  }

  @Override
  public void stopTimers() {
    if (security != null) {
      security.end();
    }
    ageLimits.end();
    requests.stopTimers();
    connection
        .streams()
        .forEach(stream -> ((Stream) stream).dropReceived()); // their handlers may run on
  }

  @Override
  public boolean othersInFlight() {
    return handlers.several();
  }

  @Override
  public void unfinished() {
    connection.streams().forEach(stream -> ((ServerCallStream) stream).endIfAbandoned());
  }

  @Override
  public void closed(Status cause) {
    connection
        .streams()
        .forEach(stream -> ((Stream) stream).forgetReceived()); // before the end is known
    if (established) {
      established = false;
      acceptor.disconnected(peer, cause);
    }
    onClosed.accept(this);
  }
}

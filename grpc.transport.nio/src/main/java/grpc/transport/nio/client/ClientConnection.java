package grpc.transport.nio.client;

import grpc.api.Attributes;
import grpc.api.Peer;
import grpc.api.PeerSecurity;
import grpc.api.Status;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.credentials.ConnectionDetails;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.spi.transport.StreamOptions;
import grpc.transport.nio.connection.Connection;
import grpc.transport.nio.connection.ConnectionRole;
import grpc.transport.nio.connection.LocalSettings;
import grpc.transport.nio.connection.StreamFrames;
import grpc.transport.nio.frame.ConnectionError;
import grpc.transport.nio.frame.Settings;
import grpc.transport.nio.headers.RequestBlock;
import grpc.transport.nio.outbound.Command;
import grpc.transport.nio.outbound.OutboundStream;
import grpc.transport.nio.stream.ClientCallStream;
import grpc.transport.nio.stream.ReceiveBudget;
import grpc.transport.nio.tls.SecurityStep;
import grpc.transport.nio.wire.Wire;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The client's side of a connection. */
public final class ClientConnection implements ConnectionRole {
  /** The events of a connection; on the loop, except {@link #closed}. */
  public interface Events {
    /**
     * A socket is connected: the handshake gets the rest of the time.
     *
     * @return the nanoseconds already used
     */
    long connected();

    /** The server's SETTINGS came: the connection can be used. */
    void ready(Peer peer);

    /** The server complains that this keepalive pings too often. */
    void pingedTooOften(Keepalive used);

    /** It takes no new streams; at most once. */
    void draining(Status reason);

    /** It is gone; once, on any thread. */
    void closed(Status reason);
  }

  private final ClientTransportOptions options;
  private final Events events;
  private final Settings settings;
  private final Connection connection;
  private final InboundResponses responses;
  private final Attributes attributes;
  private @Nullable SecurityStep security; // loop only, like the next field
  private final ClientDrain drain;
  private final OtherProtocols otherProtocols = new OtherProtocols();
  private volatile boolean ready;
  private PeerSecurity peerSecurity = PeerSecurity.NONE;

  /**
   * The client's side of this wire.
   *
   * @param attributes the address's attributes, for the credentials
   */
  public ClientConnection(
      Wire wire, ClientTransportOptions options, Attributes attributes, Events events) {
    this.options = options;
    this.events = events;
    this.settings = LocalSettings.client(options.maxHeaderListSize());
    this.attributes = attributes;
    this.connection = new Connection(wire, this, ReceiveBudget.UNLIMITED, options.keepalive());
    this.responses = new InboundResponses(connection, options.maxHeaderListSize());
    this.drain = new ClientDrain(connection, events, options.keepalive());
  }

  /** {@return the receiver of the wire's events} */
  public Wire.Events wireEvents() {
    return connection;
  }

  /** Starts a request. If it cannot be sent, its stream has ended when this returns. Any thread. */
  public ClientStream start(
      RequestHeaders headers, StreamOptions streamOptions, @Nullable Message message) {
    var stream =
        new ClientCallStream(connection, streamOptions, LocalSettings.STREAM_WINDOW, message);
    drain.callBegins();
    connection.callBegins();
    if (!ready || drain.begun()) {
      stream.fail(Status.unavailable("the connection takes no new calls"), Progress.NOT_SENT);
      return stream;
    }
    var open = new Command.Open(stream, new RequestBlock(headers, options.userAgent()), message);
    if (!connection.put(open)) {
      stream.fail(Status.unavailable("the connection has closed"), Progress.NOT_SENT);
    }
    return stream;
  }

  /**
   * Refuses new streams and closes once the last has ended. Any thread.
   *
   * @return false when it is not ready; then the caller must close it
   */
  public boolean drain() {
    drain.refuseCalls();
    if (ready) {
      drain.shutdownOutputSoon();
    }
    return ready;
  }

  /** Closes at once. Any thread. */
  public void close(Status status) {
    connection.close(status);
  }

  // ---- the role

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public int dataCost() {
    return 1; // the server is trusted; gRPC's data_frame_padding sends pieces of 5 bytes
  }

  @Override
  public StreamFrames streamFrames() {
    return responses;
  }

  @Override
  public void connected() {
    if (options.security().equals(ChannelSecurity.PLAINTEXT)) {
      begin(PeerSecurity.NONE);
    } else {
      var wire = connection.wire();
      var details =
          ConnectionDetails.ofClient(
              wire.remoteAddress(), wire.localAddress(), options.authority(), attributes);
      security = new SecurityStep(connection, options.security(), this::begin, reason -> {});
      security.begin(() -> options.security().connect(details), options.connectTimeout());
    }
  }

  private void begin(PeerSecurity secured) {
    peerSecurity = secured;
    connection.begin(true, options.connectTimeout(), events.connected());
  }

  @Override
  public void stopTimers() {
    if (security != null) {
      security.end();
    }
  }

  @Override
  public boolean prefaceRead(ByteBuffer in) throws ConnectionError {
    return otherProtocols.passedBy(in); // servers have none
  }

  @Override
  public void handshakeDone() {
    ready = true;
    var wire = connection.wire();
    events.ready(Peer.of(wire.remoteAddress(), wire.localAddress()).withSecurity(peerSecurity));
  }

  @Override
  public void goAway(int lastStreamId, int errorCode, String debug) throws ConnectionError {
    drain.goAway(lastStreamId, errorCode, debug);
  }

  @Override
  public void idsUsedUp() {
    connection.execute(() -> drain.begin(Status.unavailable("the stream ids are nearly used up")));
  }

  @Override
  public String failureHint() {
    return ready ? "" : OtherProtocols.HINT;
  }

  @Override
  public int lastPeerStreamId() {
    return 0;
  }

  @Override
  public Status endOfInput() {
    Status end = drain.endOfInput();
    return ready ? end : end.withMessage(end.message() + OtherProtocols.HINT);
  }

  @Override
  public void localEnded(OutboundStream stream) {
    // The stream lives until the server has answered.
  }

  @Override
  public void resetWritten(OutboundStream stream) {
    responses.gone(stream);
  }

  @Override
  public void callEnded() {
    drain.callEnded();
  }

  @Override
  public boolean hasCalls() {
    return drain.calls() > 0;
  }

  @Override
  public boolean othersInFlight() {
    return drain.calls() > 1;
  }

  @Override
  public void closed(Status cause) {
    events.closed(cause);
  }
}

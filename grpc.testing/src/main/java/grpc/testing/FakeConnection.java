package grpc.testing;

import grpc.api.Peer;
import grpc.api.PeerSecurity;
import grpc.api.Status;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.EndedStream;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A connection that the test controls. Its listener gets each event before the test's method
 * returns, in the order of a transport. Steps that a connection cannot make are refused. For any
 * thread.
 */
public final class FakeConnection implements ClientTransport {
  private static final int MAX_HEADERS = 8192;

  private enum Phase {
    CONNECTING,
    READY,
    DRAINING,
    CLOSED
  }

  /** For a connection without a channel. */
  private record Ignored() implements Listener {
    @Override
    public void ready(Peer peer) {}

    @Override
    public void draining(Status reason) {}

    @Override
    public void pingedTooOften(Keepalive used) {}

    @Override
    public void closed(Status reason) {}
  }

  private final Address address;
  private final ClientTransportOptions options;
  private final Listener listener;
  private final Consumer<FakeStream> begun;
  private final List<FakeStream> streams = new ArrayList<>(); // under this monitor, as is the rest
  private final Queue<Consumer<Listener>> events = new ArrayDeque<>();
  private Phase phase = Phase.CONNECTING;
  private Status reason = Status.unavailable("not connected");
  private boolean drained;
  private boolean telling;

  FakeConnection(
      Address address,
      ClientTransportOptions options,
      Listener listener,
      Consumer<FakeStream> begun) {
    this.address = address;
    this.options = options;
    this.listener = listener;
    this.begun = begun;
  }

  /** {@return a ready connection without a channel, for code that takes a connection} */
  public static FakeConnection alone() {
    var options =
        ClientTransportOptions.builder("backend.test", ChannelSecurity.PLAINTEXT)
            .userAgent("test")
            .maxHeaderListSize(MAX_HEADERS)
            .connectTimeout(FakeStream.PATIENCE)
            .build();
    var connection = new FakeConnection(Endpoints.address(1), options, new Ignored(), stream -> {});
    connection.ready();
    return connection;
  }

  /** {@return its address} */
  public Address address() {
    return address;
  }

  /** {@return its channel's options} */
  public ClientTransportOptions options() {
    return options;
  }

  /** {@return all streams that began on it, the oldest first, with ended ones} */
  public synchronized List<FakeStream> streams() {
    return List.copyOf(streams);
  }

  /** {@return whether its channel has asked it to drain} */
  public synchronized boolean wasDrained() {
    return drained;
  }

  /** {@return whether it is gone} */
  public synchronized boolean isClosed() {
    return phase == Phase.CLOSED;
  }

  // ---- the test's side

  /**
   * Makes it ready.
   *
   * @throws IllegalStateException when it is no longer connecting
   */
  public void ready() {
    ready(PeerSecurity.NONE);
  }

  /**
   * Makes it ready, with this protection.
   *
   * @throws IllegalStateException when it is no longer connecting
   */
  public void ready(PeerSecurity security) {
    synchronized (this) {
      if (phase != Phase.CONNECTING) {
        throw new IllegalStateException(this + " cannot become ready");
      }
      phase = Phase.READY;
      var peer = Peer.of(address.socketAddress(), address.socketAddress()).withSecurity(security);
      events.add(l -> l.ready(peer));
    }
    deliver();
  }

  /**
   * Its server sends GOAWAY: it takes no new streams, and closes once the last has ended, with
   * UNAVAILABLE and this message.
   *
   * @throws IllegalStateException when it is not ready
   */
  public void goesAway(String message) {
    goesAway(message, Optional.empty());
  }

  /**
   * Its server sends GOAWAY because it pings too often.
   *
   * @throws IllegalStateException when it is not ready, or has no keepalive that would ping
   */
  public void goesAwayForPings() {
    if (options.keepalive().isEmpty()) {
      throw new IllegalStateException(this + " has no keepalive");
    }
    goesAway("too_many_pings", options.keepalive());
  }

  private void goesAway(String message, Optional<Keepalive> tooOften) {
    var why = Status.unavailable(message);
    synchronized (this) {
      if (phase != Phase.READY) {
        throw new IllegalStateException(this + " cannot be sent away (expected: READY)");
      }
      phase = Phase.DRAINING;
      reason = why;
      tooOften.ifPresent(used -> events.add(l -> l.pingedTooOften(used)));
      events.add(l -> l.draining(why));
    }
    deliver();
    closeWhenUnused();
  }

  /**
   * It fails to connect, or is lost with all its streams: UNAVAILABLE with this message.
   *
   * @throws IllegalStateException when it is gone already
   */
  public void fails(String message) {
    if (!closes(Status.unavailable(message))) {
      throw new IllegalStateException(this + " cannot fail again");
    }
  }

  // ---- the channel's side

  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions streamOptions) {
    return begin(new FakeStream(headers, streamOptions, this::closeWhenUnused));
  }

  @Override
  public ClientStream newStream(
      RequestHeaders headers, StreamOptions streamOptions, Message message) {
    var stream = new FakeStream(headers, streamOptions, this::closeWhenUnused);
    stream.sendWhole(message);
    return begin(stream);
  }

  private ClientStream begin(FakeStream stream) {
    synchronized (this) {
      if (phase != Phase.READY) {
        return EndedStream.unsent(reason);
      }
      streams.add(stream);
    }
    begun.accept(stream);
    return stream;
  }

  @Override
  public void drain() {
    var why = Status.unavailable("the connection drains");
    synchronized (this) {
      drained = true;
      if (phase == Phase.READY) {
        phase = Phase.DRAINING;
        reason = why;
      }
    }
    closeWhenUnused();
  }

  private void closeWhenUnused() {
    Status why;
    synchronized (this) {
      if (phase == Phase.READY || !streams.stream().allMatch(FakeStream::hasEnded)) {
        return;
      }
      why = reason;
    }
    closes(why);
  }

  @Override
  public void close(Status status) {
    closes(status);
  }

  private boolean closes(Status why) {
    List<FakeStream> last;
    synchronized (this) {
      if (phase == Phase.CLOSED) {
        return false;
      }
      phase = Phase.CLOSED;
      reason = why;
      last = List.copyOf(streams);
    }
    last.forEach(stream -> stream.fails(why));
    synchronized (this) {
      events.add(l -> l.closed(why));
    }
    deliver();
    return true;
  }

  /** Delivers the pending events to the listener, one at a time. */
  private void deliver() {
    for (var next = nextEvent(); next.isPresent(); next = nextEvent()) {
      try {
        next.get().accept(listener);
      } finally {
        synchronized (this) {
          telling = false;
        }
      }
    }
  }

  /** The next event, or null when there is none or another call delivers it. */
  private synchronized Optional<Consumer<Listener>> nextEvent() {
    if (telling || events.isEmpty()) {
      return Optional.empty();
    }
    telling = true;
    return Optional.of(events.remove());
  }

  @Override
  public synchronized String toString() {
    return address.socketAddress() + " " + phase;
  }
}

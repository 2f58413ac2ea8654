package grpc.transport.inprocess;

import grpc.api.Peer;
import grpc.api.PeerSecurity;
import grpc.api.SecurityLevel;
import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One channel's connection to one server. Its monitor guards the streams and the life cycle; it
 * calls no foreign code while it holds the monitor. Streams over the server's limit wait.
 */
final class InProcessConnection implements ClientTransport {
  private final InProcessAddress address;
  private final int maxResponseHeaders;
  private final Listener listener;
  private final SerialEvents events = new SerialEvents();
  private final InProcessAddress client = InProcessAddress.unique();
  private final Set<InProcessStream> running = new LinkedHashSet<>();
  private final Queue<InProcessStream> waiting = new ArrayDeque<>();
  private @Nullable InProcessServer server;
  private @Nullable Status draining;
  private boolean closed;

  /** The data does not leave the process. */
  private static final PeerSecurity ONE_PROCESS =
      PeerSecurity.of(SecurityLevel.PRIVACY_AND_INTEGRITY);

  InProcessConnection(InProcessAddress address, int maxResponseHeaders, Listener listener) {
    this.address = address;
    this.maxResponseHeaders = maxResponseHeaders;
    this.listener = listener;
  }

  int maxResponseHeaders() {
    return maxResponseHeaders;
  }

  Peer serverSidePeer() {
    return Peer.of(client, address).withSecurity(ONE_PROCESS);
  }

  /** Makes it usable; false if it was closed meanwhile. */
  boolean open(InProcessServer server) {
    synchronized (this) {
      if (closed) {
        return false;
      }
      this.server = server;
    }
    var peer = Peer.of(address, client).withSecurity(ONE_PROCESS);
    events.deliver(() -> listener.ready(peer));
    return true;
  }

  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions options) {
    return begin(new InProcessStream(this, headers, options));
  }

  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions options, Message message) {
    var stream = new InProcessStream(this, headers, options);
    stream.prepareWhole(message);
    return begin(stream);
  }

  private ClientStream begin(InProcessStream stream) {
    var host = admit(stream);
    if (host != null) {
      stream.open(host, true);
    }
    return stream.client();
  }

  /** Returns the server that opens the stream, or null if the stream waits or was refused. */
  private @Nullable InProcessServer admit(InProcessStream stream) {
    Status refusal;
    synchronized (this) {
      var host = server;
      if (host != null && draining == null && !closed) {
        if (running.size() < host.options().maxConcurrentStreams()) {
          running.add(stream);
          return host;
        }
        waiting.add(stream);
        return null;
      }
      refusal = draining != null ? draining : Status.unavailable("not connected to " + address);
    }
    stream.cut(refusal, StreamEnd.Progress.NOT_SENT);
    return null;
  }

  /** Each stream calls it once, when it has ended. */
  void ended(InProcessStream stream) {
    InProcessStream next = null;
    InProcessServer host;
    Status over;
    synchronized (this) {
      host = server;
      if (running.remove(stream)) {
        next = waiting.poll();
        if (next != null) {
          running.add(next);
        }
      } else {
        waiting.remove(stream);
      }
      over = running.isEmpty() ? draining : null;
    }
    if (next != null && host != null) {
      next.open(host, false);
    }
    if (over != null) {
      finish(over);
    }
  }

  @Override
  public void drain() {
    drain(Status.unavailable("the connection to " + address + " is draining"), false);
  }

  void drainByServer() {
    drain(Status.unavailable("the server on " + address + " is shutting down"), true);
  }

  private void drain(Status reason, boolean byServer) {
    List<InProcessStream> unsent;
    boolean last;
    synchronized (this) {
      if (closed || draining != null) {
        return;
      }
      draining = reason;
      unsent = List.copyOf(waiting);
      waiting.clear();
      last = running.isEmpty();
    }
    if (byServer) {
      events.deliver(() -> listener.draining(reason));
    }
    unsent.forEach(stream -> stream.cut(reason, StreamEnd.Progress.NOT_SENT));
    if (last) {
      finish(reason);
    }
  }

  @Override
  public void close(Status status) {
    List<InProcessStream> cut;
    synchronized (this) {
      draining = status;
      cut = new ArrayList<>(running);
      cut.addAll(waiting);
      waiting.clear();
    }
    cut.forEach(stream -> stream.cut(status, StreamEnd.Progress.PROCESSED));
    finish(status);
  }

  private void finish(Status reason) {
    InProcessServer host;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      host = server;
    }
    events.deliver(() -> listener.closed(reason));
    if (host != null) {
      host.ended(this, reason);
    }
  }
}

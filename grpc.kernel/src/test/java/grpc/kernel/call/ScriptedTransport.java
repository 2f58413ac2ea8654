package grpc.kernel.call;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import grpc.api.Attributes;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.StreamOptions;
import grpc.spi.transport.TransportProvider;
import java.net.SocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections that are up at once, and whose streams the test answers. */
final class ScriptedTransport implements TransportProvider {
  private final BlockingQueue<ScriptedStream> streams = new LinkedBlockingQueue<>();
  private volatile ClientTransport.@Nullable Listener newest;

  /** Waits for the next stream. */
  ScriptedStream next() throws InterruptedException {
    var stream = streams.poll(20, TimeUnit.SECONDS);
    assertNotNull(stream, "no further attempt");
    return stream;
  }

  /** How many streams the test has not taken. */
  int waiting() {
    return streams.size();
  }

  /** What hears of the newest connection. */
  ClientTransport.Listener connection() {
    return requireNonNull(newest);
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public boolean supports(SocketAddress address) {
    return true;
  }

  @Override
  public ClientTransport connect(
      Address address, ClientTransportOptions options, ClientTransport.Listener listener) {
    newest = listener;
    listener.ready(new Peer(address.socketAddress(), address.socketAddress(), Attributes.EMPTY));
    return new Connection();
  }

  @Override
  public ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor) {
    throw new UnsupportedOperationException("no servers here");
  }

  private final class Connection implements ClientTransport {
    @Override
    public ClientStream newStream(RequestHeaders headers, StreamOptions options) {
      var stream = new ScriptedStream(headers);
      streams.add(stream);
      return stream;
    }

    @Override
    public ClientStream newStream(RequestHeaders headers, StreamOptions options, Message message) {
      var stream = new ScriptedStream(headers);
      stream.whole(message);
      streams.add(stream);
      return stream;
    }

    @Override
    public void drain() {}

    @Override
    public void close(Status status) {}
  }
}

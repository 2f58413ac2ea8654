package benchmarks.kernel;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamOptions;
import grpc.spi.transport.TransportProvider;
import java.net.SocketAddress;
import java.util.Optional;

/** Answers each unary call with its own request, at once and on the caller's thread. */
record InstantTransport() implements TransportProvider {
  private static final Optional<ResponseHeaders> HEADERS =
      Optional.of(ResponseHeaders.of("raw", RequestHeaders.IDENTITY, "", Metadata.EMPTY));
  private static final StreamEnd OK = StreamEnd.of(Status.OK);

  @Override
  public String name() {
    return "instant";
  }

  @Override
  public boolean supports(SocketAddress address) {
    return true;
  }

  @Override
  public ClientTransport connect(
      Address address, ClientTransportOptions options, ClientTransport.Listener listener) {
    var peer = Peer.of(address.socketAddress(), address.socketAddress());
    listener.ready(peer);
    return new Connection(listener);
  }

  @Override
  public ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor) {
    throw new UnsupportedOperationException("no servers here");
  }

  private record Connection(ClientTransport.Listener listener) implements ClientTransport {
    @Override
    public ClientStream newStream(RequestHeaders headers, StreamOptions options) {
      throw new UnsupportedOperationException("unary calls only");
    }

    @Override
    public ClientStream newStream(RequestHeaders headers, StreamOptions options, Message message) {
      return new Stream(message);
    }

    @Override
    public void drain() {
      listener.closed(Status.unavailable("drained"));
    }

    @Override
    public void close(Status status) {
      listener.closed(status);
    }
  }

  private static final class Stream implements ClientStream {
    private Optional<Message> response;

    Stream(Message request) {
      this.response = Optional.of(request);
    }

    @Override
    public boolean send(Message message) {
      throw new UnsupportedOperationException("unary calls only");
    }

    @Override
    public void halfClose() {}

    @Override
    public Optional<ResponseHeaders> headers() {
      return HEADERS;
    }

    @Override
    public Optional<Message> receive() {
      var next = response;
      response = Optional.empty();
      return next;
    }

    @Override
    public StreamEnd end() {
      return OK;
    }

    @Override
    public void cancel(Status status) {}
  }
}

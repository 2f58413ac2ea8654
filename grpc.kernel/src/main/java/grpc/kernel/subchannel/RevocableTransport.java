package grpc.kernel.subchannel;

import grpc.api.Status;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection as some of its calls see it: their streams can be ended without it. Thread-safe. */
final class RevocableTransport implements ClientTransport {
  private final ClientTransport connection;
  private final Set<ClientStream> running =
      new HashSet<>(); // under its own monitor, as is the next
  private @Nullable Status over;

  RevocableTransport(ClientTransport connection) {
    this.connection = connection;
  }

  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions options) {
    return watched(connection.newStream(headers, options));
  }

  @Override
  public ClientStream newStream(RequestHeaders headers, StreamOptions options, Message message) {
    return watched(connection.newStream(headers, options, message));
  }

  private ClientStream watched(ClientStream stream) {
    var watched = new Watched(stream);
    Status early;
    synchronized (running) {
      early = over;
      running.add(watched);
    }
    if (early != null) {
      watched.cancel(early); // its caller may have found the connection a moment before
    }
    return watched;
  }

  /** Ends the streams that run, and at once all that come; the first time only. */
  void endStreams(Status why) {
    List<ClientStream> streams;
    synchronized (running) {
      if (over != null) {
        return;
      }
      over = why;
      streams = List.copyOf(running);
    }
    streams.forEach(stream -> stream.cancel(why));
  }

  @Override
  public void drain() {
    connection.drain();
  }

  @Override
  public void close(Status status) {
    connection.close(status);
  }

  /** A stream that is forgotten once its call knows of its end. */
  private final class Watched implements ClientStream {
    private final ClientStream stream;

    Watched(ClientStream stream) {
      this.stream = stream;
    }

    private void forget() {
      synchronized (running) {
        running.remove(this);
      }
    }

    @Override
    public boolean send(Message message) throws InterruptedException {
      return stream.send(message);
    }

    @Override
    public void halfClose() {
      stream.halfClose();
    }

    @Override
    public Optional<ResponseHeaders> headers() throws InterruptedException {
      return stream.headers();
    }

    @Override
    public Optional<Message> receive() throws InterruptedException {
      return stream.receive();
    }

    @Override
    public StreamEnd end() throws InterruptedException {
      var end = stream.end();
      forget();
      return end;
    }

    @Override
    public void cancel(Status status) {
      stream.cancel(status);
      forget();
    }
  }
}

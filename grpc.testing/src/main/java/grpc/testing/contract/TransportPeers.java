package grpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusException;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.credentials.ServerSecurity;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.ServerStream;
import grpc.spi.transport.ServerStreamHandler;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.StreamOptions;
import grpc.spi.transport.TransportProvider;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server with the test's handler, and connections to it with recorded events. */
final class TransportPeers implements AutoCloseable {
  /** The server's handler of each stream. */
  @FunctionalInterface
  interface Script {
    void run(ServerStream stream) throws InterruptedException;
  }

  static final int MAX_MESSAGE = 1 << 20;
  static final int MAX_HEADERS = 8192;
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final StreamOptions OPTIONS = StreamOptions.of(MAX_MESSAGE);
  static final ResponseHeaders RESPONSE =
      ResponseHeaders.of("raw", RequestHeaders.IDENTITY, "", Metadata.EMPTY);

  /** Sends messages back until the client half-closes. */
  static final Script ECHO =
      stream -> {
        stream.sendHeaders(RESPONSE);
        for (var m = stream.receive(); m.isPresent(); m = stream.receive()) {
          stream.send(m.get());
        }
        stream.close(Status.OK, stream.headers().metadata());
      };

  final ServerTransport server;
  final BlockingQueue<Status> cancellations = new LinkedBlockingQueue<>();
  private final TransportProvider provider;

  static final MetadataKey<String> TEXT = MetadataKey.text("x-text");
  static final MetadataKey<byte[]> BINARY = MetadataKey.binary("x-binary-bin");

  /** More than any transport may hold for a reader that does not read. */
  static final int MESSAGES_TOO_MANY = 2000;

  static final int LARGE = 64 * 1024;

  /** A server of the transport with this handler for each request. */
  static TransportPeers serve(TransportUnderTest transport, Dispatch dispatch, Script script)
      throws IOException {
    return new TransportPeers(transport.provider(), transport.address(), dispatch, script);
  }

  /** Returns when the thread waits, or has ended. */
  static void awaitWaiting(Thread thread) throws InterruptedException {
    while (!thread.join(Duration.ofMillis(10)) && thread.getState() != Thread.State.WAITING) {
      // it still runs
    }
  }

  TransportPeers(
      TransportProvider provider, SocketAddress address, Dispatch dispatch, Script script)
      throws IOException {
    this.provider = provider;
    this.server =
        provider.listen(
            address,
            ServerTransportOptions.builder(ServerSecurity.PLAINTEXT)
                .maxConcurrentStreams(100)
                .maxHeaderListSize(MAX_HEADERS)
                .handshakeTimeout(PATIENCE)
                .build(),
            stream -> new Handler(stream, dispatch, script, cancellations));
  }

  /** A connection that is ready. */
  Client connect() throws InterruptedException {
    var client = new Client(provider, server.localAddress());
    assertEquals("ready", client.next());
    return client;
  }

  static RequestHeaders request(Metadata metadata) {
    return RequestHeaders.of(
        "/test.Contract/Call",
        "authority",
        RequestHeaders.NO_TIMEOUT,
        "raw",
        RequestHeaders.IDENTITY,
        "",
        metadata);
  }

  static Message message(int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return new Message(false, ByteBuffer.wrap(bytes));
  }

  @Override
  public void close() {
    server.close();
  }

  /** A connection with its events. */
  static final class Client implements ClientTransport.Listener, AutoCloseable {
    final ClientTransport transport;
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    Client(TransportProvider provider, SocketAddress address) {
      transport =
          provider.connect(
              Address.of(address),
              ClientTransportOptions.builder("authority", ChannelSecurity.PLAINTEXT)
                  .userAgent("contract")
                  .maxHeaderListSize(MAX_HEADERS)
                  .connectTimeout(PATIENCE)
                  .build(),
              this);
    }

    String next() throws InterruptedException {
      var event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertNotNull(event, "no event within " + PATIENCE);
      return event;
    }

    @Override
    public void ready(Peer peer) {
      events.add("ready");
    }

    @Override
    public void draining(Status reason) {
      events.add("draining");
    }

    @Override
    public void pingedTooOften(Keepalive used) {
      events.add("pings too often");
    }

    @Override
    public void closed(Status reason) {
      events.add("closed " + reason.code());
    }

    @Override
    public void close() {
      transport.close(Status.cancelled("the test is over"));
    }
  }

  private record Handler(
      ServerStream stream, Dispatch dispatch, Script script, BlockingQueue<Status> cancellations)
      implements ServerStreamHandler {
    @Override
    public int maxReceiveMessageSize() {
      return MAX_MESSAGE;
    }

    @Override
    public void run() {
      try {
        script.run(stream);
      } catch (StatusException e) {
        stream.close(e.status(), e.trailers());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stream.close(Status.cancelled("interrupted"), Metadata.EMPTY);
      }
    }

    @Override
    public void cancelled(Status reason) {
      cancellations.add(reason);
    }
  }
}

package grpc.transport.nio;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamOptions;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client's connection, and what became of it. Closing it waits until it is gone. */
public final class TestClient implements AutoCloseable, ClientTransport.Listener {
  /** How long a test waits for what must come. */
  public static final int PATIENCE_SECONDS = 20;

  private static final int MAX_HEADER_LIST = 8192;

  private final CompletableFuture<Peer> ready = new CompletableFuture<>();
  private final CompletableFuture<Keepalive> pingedTooOften = new CompletableFuture<>();
  private final CompletableFuture<Status> draining = new CompletableFuture<>();
  private final CompletableFuture<Status> closed = new CompletableFuture<>();
  private final ClientTransport transport;
  private volatile boolean heardMoreAfterClosed;

  private TestClient(
      NioTransportProvider provider,
      Address address,
      ChannelSecurity security,
      Optional<Keepalive> keepalive) {
    var options =
        ClientTransportOptions.builder("localhost", security)
            .userAgent("tenon-test")
            .maxHeaderListSize(MAX_HEADER_LIST)
            .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS));
    keepalive.ifPresent(options::keepalive);
    transport = provider.connect(address, options.build(), this);
  }

  /** Starts to connect. */
  public static TestClient connecting(NioTransportProvider provider, SocketAddress address) {
    return new TestClient(
        provider, Address.of(address), ChannelSecurity.PLAINTEXT, Optional.empty());
  }

  /** Starts to connect, with credentials. */
  public static TestClient connecting(
      NioTransportProvider provider, Address address, ChannelSecurity security) {
    return new TestClient(provider, address, security, Optional.empty());
  }

  /** Starts to connect, with keepalive. */
  public static TestClient connecting(
      NioTransportProvider provider, SocketAddress address, Keepalive keepalive) {
    return new TestClient(
        provider, Address.of(address), ChannelSecurity.PLAINTEXT, Optional.of(keepalive));
  }

  /** Connects and waits until the connection is ready. */
  public static TestClient connect(NioTransportProvider provider, SocketAddress address)
      throws Exception {
    var client = connecting(provider, address);
    client.awaitReady();
    return client;
  }

  /** Waits for what must come. */
  public static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  public ClientTransport transport() {
    return transport;
  }

  /** {@return whether it can be used} */
  public boolean isReady() {
    return ready.isDone();
  }

  /** Waits until it can be used, and returns its two ends. */
  public Peer awaitReady() throws Exception {
    return await(ready);
  }

  /** Waits until the server has said that this keepalive pings too often. */
  public Keepalive awaitPingedTooOften() throws Exception {
    return await(pingedTooOften);
  }

  /** {@return whether it takes no more calls} */
  public boolean isDraining() {
    return draining.isDone();
  }

  /** Waits for the reason of the drain. */
  public Status awaitDraining() throws Exception {
    return await(draining);
  }

  /** {@return whether it is gone} */
  public boolean isClosed() {
    return closed.isDone();
  }

  /** Waits for the reason of the end. */
  public Status awaitClosed() throws Exception {
    return await(closed);
  }

  /** {@return whether an event came behind the last one} */
  public boolean heardMoreAfterClosed() {
    return heardMoreAfterClosed;
  }

  /** Starts a call. */
  public ClientStream start(String path) {
    return transport.newStream(headers(path, Metadata.EMPTY), options(false));
  }

  /** Starts a call with metadata. */
  public ClientStream start(String path, Metadata metadata) {
    return transport.newStream(headers(path, metadata), options(false));
  }

  /** Starts a unary call. */
  public ClientStream unary(String path, byte[] message) {
    return transport.newStream(headers(path, Metadata.EMPTY), options(true), message(message));
  }

  public static StreamOptions options(boolean singleResponse) {
    return StreamOptions.of(EchoServer.MAX_MESSAGE).withSingleResponse(singleResponse);
  }

  public static RequestHeaders headers(String path, Metadata metadata) {
    return RequestHeaders.of(
        path, "localhost", RequestHeaders.NO_TIMEOUT, "", RequestHeaders.IDENTITY, "", metadata);
  }

  public static Message message(byte[] bytes) {
    return new Message(false, ByteBuffer.wrap(bytes));
  }

  /** {@return the payload's bytes} */
  public static byte[] bytes(Message message) {
    byte[] bytes = new byte[message.payload().remaining()];
    message.payload().get(message.payload().position(), bytes);
    return bytes;
  }

  /** {@return bytes that differ from place to place} */
  public static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }

  @Override
  public void ready(Peer peer) {
    heardMoreAfterClosed |= closed.isDone();
    ready.complete(peer);
  }

  @Override
  public void pingedTooOften(Keepalive used) {
    pingedTooOften.complete(used);
  }

  @Override
  public void draining(Status reason) {
    draining.complete(reason);
  }

  @Override
  public void closed(Status reason) {
    closed.complete(reason);
    ready.completeExceptionally(reason.asException());
  }

  @Override
  public void close() {
    transport.close(Status.cancelled("the test is over"));
    closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}

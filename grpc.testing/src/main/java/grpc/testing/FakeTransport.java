package grpc.testing;

import grpc.spi.resolver.Address;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.ServerStreamAcceptor;
import grpc.spi.transport.ServerTransport;
import grpc.spi.transport.ServerTransportOptions;
import grpc.spi.transport.TransportProvider;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A transport with no wire, no threads and no servers: the test controls each connection, and
 * answers the streams itself. It takes every address; its name is {@code fake}.
 *
 * <pre>{@code
 * var transport = new FakeTransport(FakeConnection::ready);
 * var runtime = GrpcRuntime.builder().layer(ModuleLayer.boot()).add(transport).build();
 * try (var channel = GrpcChannel.builder(target, ChannelCredentials.plaintext()).runtime(runtime).transport("fake").open()) {
 *   var answer = greeter(channel).sayHelloAsync(request);
 *   transport.nextStream().succeeds(reply.toByteArray());
 *   assertEquals(reply, answer.get());
 * }
 * }</pre>
 *
 * For any thread; only the methods {@code next…} wait.
 */
public final class FakeTransport implements TransportProvider {
  private final Consumer<FakeConnection> outcome;
  private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();
  private final BlockingQueue<FakeConnection> fresh = new LinkedBlockingQueue<>();
  private final BlockingQueue<FakeStream> streams = new LinkedBlockingQueue<>();

  /** A transport whose connections stay connecting until the test decides. */
  public FakeTransport() {
    this(connection -> {});
  }

  /**
   * A transport whose connections have an outcome at once.
   *
   * @param outcome the step for each connection, for example {@code FakeConnection::ready}; the
   *     listener gets the event before it has the connection, as the SPI allows
   */
  public FakeTransport(Consumer<FakeConnection> outcome) {
    this.outcome = outcome;
  }

  /** {@return all connections ever made, the oldest first} */
  public List<FakeConnection> connections() {
    return List.copyOf(connections);
  }

  /**
   * {@return the newest connection}
   *
   * @throws AssertionError when there was never one
   */
  public FakeConnection newest() {
    if (connections.isEmpty()) {
      throw new AssertionError("no connection");
    }
    return connections.getLast();
  }

  /**
   * {@return the newest connection to this address}
   *
   * @throws AssertionError when there was never one
   */
  public FakeConnection to(Address address) {
    return connections().reversed().stream()
        .filter(c -> c.address().equals(address))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError("no connection to " + address + " (there are " + connections + ")"));
  }

  /** {@return the newest connection to {@link Endpoints#address} of this port} */
  public FakeConnection to(int port) {
    return to(Endpoints.address(port));
  }

  /**
   * Waits for the next connection, each once and in their order.
   *
   * @return the connection, in any state
   * @throws AssertionError when no connection is made within 20 s
   */
  public FakeConnection nextConnection() throws InterruptedException {
    return next(fresh, "connection");
  }

  /**
   * Waits for the next stream of any connection, each once and in their order.
   *
   * @return the stream, to be answered
   * @throws AssertionError when none is begun within 20 s
   */
  public FakeStream nextStream() throws InterruptedException {
    return next(streams, "stream");
  }

  /** {@return the number of streams that {@link #nextStream} returns without waiting} */
  public int waitingStreams() {
    return streams.size();
  }

  private static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
    var next = queue.poll(FakeStream.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no further " + what + " within " + FakeStream.PATIENCE);
    }
    return next;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public boolean supports(SocketAddress address) {
    return true;
  }

  @Override
  public FakeConnection connect(
      Address address, ClientTransportOptions options, ClientTransport.Listener listener) {
    var connection = new FakeConnection(address, options, listener, streams::add);
    connections.add(connection);
    fresh.add(connection);
    outcome.accept(connection);
    return connection;
  }

  /** Refuses: {@code grpc.transport.inprocess} has servers without a wire. */
  @Override
  public ServerTransport listen(
      SocketAddress address, ServerTransportOptions options, ServerStreamAcceptor acceptor) {
    throw new UnsupportedOperationException(
        "a fake transport has no servers (expected: one of grpc.transport.inprocess)");
  }
}

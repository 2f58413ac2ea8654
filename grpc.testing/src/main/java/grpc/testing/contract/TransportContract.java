package grpc.testing.contract;

import static grpc.testing.contract.TransportPeers.ECHO;
import static grpc.testing.contract.TransportPeers.OPTIONS;
import static grpc.testing.contract.TransportPeers.PATIENCE;
import static grpc.testing.contract.TransportPeers.message;
import static grpc.testing.contract.TransportPeers.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Status;
import grpc.spi.transport.ServerStreamHandler.Dispatch;
import grpc.spi.transport.StreamEnd;
import grpc.testing.contract.TransportPeers.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The tests that every transport must pass, at the level of the SPI: streams, connections, and
 * their ends. Deadlines, retries and compression are the kernel's.
 *
 * <pre>{@code
 * class AcmeTransportContractTest extends TransportContract {
 *   @Override public TransportProvider provider() { return ACME; }
 *   @Override public SocketAddress address() { return new AcmeAddress("any"); }
 * }
 * }</pre>
 */
@Timeout(60)
public abstract class TransportContract implements StreamContract, WaitingContract {
  private static final Duration BRIEFLY = Duration.ofMillis(10);

  /** For the subclass. */
  protected TransportContract() {}

  /** Messages and builders use the name. */
  @Test
  public void nameIsLowerCase() {
    assertTrue(provider().name().matches("[a-z][a-z0-9_.-]*"), provider()::name);
  }

  /** It can connect to an address that it can listen on. */
  @Test
  public void ownAddressesAreSupported() {
    assertTrue(provider().supports(address()));
  }

  /** Events come in order: ready, draining if it drains, closed once and last. */
  @Test
  public void drainingClientEndsAfterItsLastStream() throws Exception {
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      stream.send(message(1));
      assertEquals(message(1), stream.receive().orElseThrow());
      client.transport.drain();
      var late = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      assertEquals(StreamEnd.Progress.NOT_SENT, late.end().progress());
      assertTrue(stream.send(message(2)), "a stream that runs goes on");
      assertEquals(message(2), stream.receive().orElseThrow());
      stream.halfClose();
      assertTrue(stream.receive().isEmpty());
      assertEquals(Status.OK, stream.end().status());
      assertClosedAtLast(client);
    }
  }

  /** A server answers the accepted calls, and then it is gone. */
  @Test
  public void drainingServerAnswersWhatItAccepted() throws Exception {
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      stream.send(message(1));
      assertEquals(message(1), stream.receive().orElseThrow());
      peers.server.drain();
      assertEquals("draining", client.next());
      stream.send(message(2));
      assertEquals(message(2), stream.receive().orElseThrow());
      stream.halfClose();
      assertTrue(stream.receive().isEmpty());
      assertEquals(Status.OK, stream.end().status());
      assertTrue(peers.server.awaitClosed(PATIENCE), "it does not end after its last stream");
      assertClosedAtLast(client);
    }
  }

  private static void assertClosedAtLast(Client client) throws InterruptedException {
    var event = client.next();
    while (event.equals("draining")) {
      event = client.next();
    }
    assertTrue(event.startsWith("closed "), event);
    assertTrue(client.events.isEmpty(), client.events::toString);
  }

  /** A client that closes ends its streams with the status that it gives. */
  @Test
  public void closedClientEndsItsStreams() throws Exception {
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      stream.send(message(1));
      assertEquals(message(1), stream.receive().orElseThrow());
      client.transport.close(Status.unavailable("over"));
      assertEquals("over", stream.end().status().message());
      assertClosedAtLast(client);
      assertNotNull(peers.cancellations.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  /** A server that closes ends all streams and connections, and frees its address. */
  @Test
  public void closedServerEndsItsStreams() throws Exception {
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      var stream = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      stream.send(message(1));
      assertEquals(message(1), stream.receive().orElseThrow());
      peers.server.close();
      assertTrue(stream.receive().isEmpty());
      assertFalse(stream.end().status().isOk());
      assertClosedAtLast(client);
      assertTrue(peers.server.awaitClosed(PATIENCE));
    }
  }

  /**
   * If no server listens, the connection closes with UNAVAILABLE without having been ready, and its
   * streams are not sent.
   */
  @Test
  public void nobodyListens() throws Exception {
    var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO);
    var gone = peers.server.localAddress();
    peers.close();
    try (var client = new Client(provider(), gone)) {
      assertEquals("closed UNAVAILABLE", client.next());
      var late = client.transport.newStream(request(Metadata.EMPTY), OPTIONS);
      assertEquals(StreamEnd.Progress.NOT_SENT, late.end().progress());
    }
  }

  /** Two servers at one address are an error that names the address. */
  @Test
  public void addressIsTaken() throws Exception {
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO)) {
      var taken = peers.server.localAddress();
      var e =
          assertThrows(
              IOException.class,
              () -> new TransportPeers(provider(), taken, Dispatch.AT_HEADERS, ECHO).close());
      assertTrue(String.valueOf(e.getMessage()).contains(taken.toString()), e::toString);
    }
  }

  /** Threads end with the last connection. */
  @Test
  public void noThreadIsLeft() throws Exception {
    try (var peers = TransportPeers.serve(this, Dispatch.AT_HEADERS, ECHO);
        var client = peers.connect()) {
      client.transport.newStream(request(Metadata.EMPTY), OPTIONS).halfClose();
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!threads().isEmpty() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(BRIEFLY.toNanos());
    }
    assertEquals(List.of(), threads());
  }

  /**
   * {@return the names of this transport's platform threads that run now; none for one that has
   * none}
   */
  protected List<String> threads() {
    return List.of();
  }
}

package grpc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.spi.credentials.ChannelSecurity;
import grpc.spi.transport.ClientStream;
import grpc.spi.transport.ClientTransport;
import grpc.spi.transport.ClientTransportOptions;
import grpc.spi.transport.Keepalive;
import grpc.spi.transport.Message;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.StreamEnd.Progress;
import grpc.spi.transport.StreamOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FakeTransportTest implements ClientTransport.Listener {
  private static final RequestHeaders HEADERS =
      RequestHeaders.of(
          "/test.Calls/Unary",
          "backends",
          RequestHeaders.NO_TIMEOUT,
          "raw",
          RequestHeaders.IDENTITY,
          "",
          Metadata.EMPTY);
  private static final Keepalive KEEPALIVE =
      Keepalive.every(Duration.ofSeconds(10)).withTimeout(Duration.ofSeconds(5));
  private static final ClientTransportOptions PLAIN =
      ClientTransportOptions.builder("backends", ChannelSecurity.PLAINTEXT)
          .userAgent("test")
          .maxHeaderListSize(8192)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private static final ClientTransportOptions PINGING =
      ClientTransportOptions.builder("backends", ChannelSecurity.PLAINTEXT)
          .userAgent("test")
          .maxHeaderListSize(8192)
          .connectTimeout(Duration.ofSeconds(20))
          .keepalive(KEEPALIVE)
          .build();

  private final List<String> heard = new ArrayList<>();
  private final FakeTransport transport = new FakeTransport();

  @Override
  public void ready(Peer peer) {
    heard.add("ready " + Endpoints.address(1).socketAddress().equals(peer.remote()));
  }

  @Override
  public void pingedTooOften(Keepalive used) {
    heard.add("pings " + used.time());
  }

  @Override
  public void draining(Status reason) {
    heard.add("draining " + reason);
  }

  @Override
  public void closed(Status reason) {
    heard.add("closed " + reason);
  }

  private FakeConnection connect() {
    return transport.connect(Endpoints.address(1), PLAIN, this);
  }

  private FakeConnection connected() {
    var connection = connect();
    connection.ready();
    heard.clear();
    return connection;
  }

  private static ClientStream begin(FakeConnection connection) {
    return connection.newStream(HEADERS, StreamOptions.of(100));
  }

  @Test
  void connectionDoesWhatTheTestSays() {
    var connection = connect();
    assertEquals(List.of(), heard);
    connection.ready();
    connection.fails("lost");
    assertEquals(List.of("ready true", "closed UNAVAILABLE: lost"), heard);
    assertTrue(connection.isClosed());
  }

  @Test
  void outcomeMayBeDecidedOnceForAll() {
    var up = new FakeTransport(FakeConnection::ready);
    up.connect(Endpoints.address(1), PLAIN, this);
    var down = new FakeTransport(connection -> connection.fails("refused"));
    down.connect(Endpoints.address(1), PLAIN, this);
    assertEquals(List.of("ready true", "closed UNAVAILABLE: refused"), heard);
  }

  @Test
  void stepsThatNoConnectionMakesAreRefused() {
    var connection = connect();
    assertThrows(IllegalStateException.class, () -> connection.goesAway("too early"));
    connection.ready();
    assertThrows(IllegalStateException.class, connection::ready);
    assertThrows(IllegalStateException.class, connection::goesAwayForPings); // it never pings
    connection.fails("lost");
    var e = assertThrows(IllegalStateException.class, () -> connection.fails("lost again"));
    assertTrue(String.valueOf(e.getMessage()).contains("CLOSED"), e::toString);
    assertEquals(List.of("ready true", "closed UNAVAILABLE: lost"), heard);
  }

  @Test
  void onlyAReadyConnectionTakesStreams() throws Exception {
    var connection = connect();
    assertEquals(Progress.NOT_SENT, begin(connection).end().progress());
    connection.ready();
    assertFalse(begin(connection).equals(begin(connection)));
    connection.drain();
    assertEquals(Progress.NOT_SENT, begin(connection).end().progress());
    assertEquals(2, connection.streams().size());
  }

  @Test
  void drainedConnectionClosesAfterItsLastStream() {
    var connection = connected();
    begin(connection);
    begin(connection).cancel(Status.cancelled("enough"));
    assertFalse(connection.wasDrained());
    connection.drain();
    assertTrue(connection.wasDrained());
    assertFalse(connection.isClosed());
    connection.streams().getFirst().succeeds("hi");
    assertEquals(List.of("closed UNAVAILABLE: the connection drains"), heard);
    connection.close(Status.unavailable("no second end"));
    assertEquals(1, heard.size());
  }

  @Test
  void serverSendsItAway() {
    var connection = transport.connect(Endpoints.address(1), PINGING, this);
    connection.ready();
    heard.clear();
    connection.goesAwayForPings();
    assertEquals(
        List.of(
            "pings PT10S",
            "draining UNAVAILABLE: too_many_pings",
            "closed UNAVAILABLE: too_many_pings"),
        heard);
    assertFalse(connection.wasDrained(), "its channel did not ask");
  }

  @Test
  void lostConnectionEndsItsStreams() throws Exception {
    var connection = connected();
    var stream = begin(connection);
    connection.fails("lost");
    assertEquals(Status.unavailable("lost"), stream.end().status());
    assertEquals(List.of(), connection.streams().getFirst().cancellations());
  }

  @Test
  void whatTheListenerDoesWithinAnEventIsHeardAfterIt() {
    var impatient = new ArrayList<String>();
    transport.connect(
        Endpoints.address(1),
        PLAIN,
        new ClientTransport.Listener() {
          @Override
          public void ready(Peer peer) {
            transport.newest().close(Status.cancelled("enough"));
            impatient.add("ready");
          }

          @Override
          public void draining(Status reason) {
            impatient.add("draining");
          }

          @Override
          public void pingedTooOften(Keepalive used) {
            impatient.add("pings");
          }

          @Override
          public void closed(Status reason) {
            impatient.add("closed");
          }
        });
    transport.newest().ready();
    assertEquals(List.of("ready", "closed"), impatient);
  }

  @Test
  void connectionsAndStreamsAreFound() throws Exception {
    assertThrows(AssertionError.class, transport::newest);
    var one = connected();
    var two = transport.connect(Endpoints.address(2), PLAIN, this);
    var again = connect();
    assertEquals(List.of(one, two, again), transport.connections());
    assertSame(again, transport.newest());
    assertSame(again, transport.to(1));
    assertSame(two, transport.to(Endpoints.address(2)));
    assertThrows(AssertionError.class, () -> transport.to(3));
    assertSame(one, transport.nextConnection());
    assertSame(two, transport.nextConnection());

    two.ready();
    var first = begin(two);
    var second =
        one.newStream(
            HEADERS,
            StreamOptions.of(100).withSingleResponse(true),
            new Message(false, ByteBuffer.allocate(1)));
    assertEquals(2, transport.waitingStreams());
    assertSame(first, transport.nextStream());
    assertSame(second, transport.nextStream());
    assertEquals(0, transport.waitingStreams());
  }

  @Test
  void connectionMayBelongToNobody() throws Exception {
    var alone = FakeConnection.alone();
    var stream = begin(alone);
    alone.close(Status.unavailable("over"));
    assertEquals(Status.unavailable("over"), stream.end().status());
  }
}

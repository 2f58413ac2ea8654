package grpc.kernel.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.CallOptions;
import grpc.api.Peer;
import grpc.api.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connection of a call, as its caller sees it. */
@Timeout(60)
class PeerTest {
  private static final Optional<SocketAddress> SERVER =
      Optional.of(new InetSocketAddress("127.0.0.1", 1));
  private static final String HEDGE =
      """
      'hedgingPolicy': {'maxAttempts': 2, 'hedgingDelay': '2s',
        'nonFatalStatusCodes': ['UNAVAILABLE']}\
      """;

  private TestCalls calls = TestCalls.with("");

  @AfterEach
  void close() {
    calls.close();
  }

  private String remoteOfUnary() {
    var response = calls.channel.unary(TestCalls.UNARY, "hello", CallOptions.DEFAULT);
    return response.peer().map(Peer::remote).toString();
  }

  @Test
  void unaryResponseHasThePeerThatAnswered() throws Exception {
    var remote = TestCalls.start(this::remoteOfUnary);
    calls.transport.nextStream().succeeds("hi");
    assertEquals(SERVER.toString(), remote.get());
  }

  @Test
  void callHasAPeerOnceAConnectionCarriesIt() throws Exception {
    try (var call = calls.chat()) {
      assertEquals(Optional.empty(), call.peer());
      call.start();
      assertEquals(SERVER, call.peer().map(Peer::remote));
      calls.transport.nextStream().fails(Status.unavailable("gone"));
      assertEquals(SERVER, call.peer().map(Peer::remote), "also after its end");
    }
  }

  @Test
  void callThatFindsNoConnectionHasNoPeer() {
    calls.close();
    try (var call = calls.chat()) {
      call.start();
      assertEquals(Optional.empty(), call.peer());
    }
  }

  @Test
  void hedgedCallHasThePeerOfTheAttemptThatIsChosen() throws Exception {
    calls.close();
    calls = TestCalls.with(HEDGE);
    try (var call = calls.chat()) {
      call.start();
      calls.transport.nextStream();
      calls.clock.awaitTimer(Duration.ofSeconds(2));
      assertEquals(Optional.empty(), call.peer(), "there may be two");
      calls.clock.pass(Duration.ofSeconds(2));
      calls.transport.nextStream().answers("hi");
      assertEquals(Optional.of("hi"), call.receive());
      assertEquals(SERVER, call.peer().map(Peer::remote));
    }
  }

  @Test
  void hedgedUnaryResponseHasThePeerThatAnswered() throws Exception {
    calls.close();
    calls = TestCalls.with(HEDGE);
    var remote = TestCalls.start(this::remoteOfUnary);
    calls.transport.nextStream().succeeds("hi");
    assertEquals(SERVER.toString(), remote.get());
  }
}

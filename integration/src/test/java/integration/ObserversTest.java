package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.spi.observe.Observer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What observers hear of calls that go wrong, and what becomes of calls whose observer does. */
@Timeout(30)
class ObserversTest {
  /** Hears of what a server refuses. */
  private record Refusals(BlockingQueue<String> heard) implements Observer {
    @Override
    public String name() {
      return "refusals";
    }

    @Override
    public void refused(String method, Peer peer, Status status) {
      heard.add(method + ": " + status);
    }
  }

  @Test
  void refusedCallsAreHeardOf() throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    try (var link = Link.open(s -> s.observe(new Refusals(heard)), c -> c)) {
      var failure =
          assertThrows(
              StatusException.class,
              () -> link.channel().unary(Echo.UNKNOWN, bytes("x"), CallOptions.DEFAULT));
      assertEquals(StatusCode.UNIMPLEMENTED, failure.code());
      assertEquals(
          "test.Echo/Unknown: UNIMPLEMENTED: unknown method Unknown of service test.Echo",
          heard.poll(20, TimeUnit.SECONDS));
      link.channel().unary(Echo.UNARY, bytes("x"), CallOptions.DEFAULT);
      assertTrue(heard.isEmpty(), heard::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void observersThatThrowChangeNothing(boolean late) {
    var faulty = new FaultyObserver(late);
    try (var link = Link.open(s -> s.observe(faulty), c -> c.observe(faulty))) {
      var channel = link.channel();
      var answer = channel.unary(Echo.UNARY, bytes("hello"), CallOptions.DEFAULT).message();
      assertTrue(text(answer).endsWith("hello"));
      try (var chat = channel.bidiStreaming(Echo.CHAT, CallOptions.DEFAULT)) {
        chat.send(bytes("a"));
        assertEquals("a", text(chat.receive().orElseThrow()));
        chat.halfClose();
        assertEquals(Optional.empty(), chat.receive());
      }
      var failure =
          assertThrows(
              StatusException.class,
              () -> channel.unary(Echo.UNKNOWN, bytes("x"), CallOptions.DEFAULT));
      assertEquals(StatusCode.UNIMPLEMENTED, failure.code());
    }
  }
}

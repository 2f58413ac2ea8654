package integration;

import static integration.Echo.bytes;
import static integration.Echo.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcServerBuilder;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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

  /** Hears how the calls of a server begin and end. */
  private record ServerCalls(BlockingQueue<String> heard) implements Observer {
    @Override
    public String name() {
      return "server-calls";
    }

    @Override
    public CallObserver serverCall(MethodDescriptor<?, ?> method, Peer peer) {
      heard.add("begins");
      return new CallObserver() {
        @Override
        public void ended(Status status) {
          heard.add("ended " + status.code());
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callThatEndsBeforeItsHandlerBeginsIsHeardToEndOnce(boolean tcp) throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    UnaryOperator<GrpcServerBuilder> observed = s -> s.observe(new ServerCalls(heard));
    try (var link = tcp ? Link.overTcp(observed) : Link.open(observed, c -> c)) {
      link.channel().unary(Echo.UNARY, bytes("connects"), CallOptions.DEFAULT);
      assertEquals("begins", heard.poll(20, TimeUnit.SECONDS));
      assertEquals("ended OK", heard.poll(20, TimeUnit.SECONDS));
      var late = link.channel().call(Echo.UNARY, CallOptions.deadline(Duration.ofSeconds(1)));
      late.start();
      assertEquals("begins", heard.poll(20, TimeUnit.SECONDS));
      var end = heard.poll(20, TimeUnit.SECONDS);
      assertTrue(Set.of("ended DEADLINE_EXCEEDED", "ended CANCELLED").contains("" + end), "" + end);
      var call = link.channel().call(Echo.UNARY, CallOptions.DEFAULT);
      call.start(); // its request never comes whole
      assertEquals("begins", heard.poll(20, TimeUnit.SECONDS));
      call.cancel("enough");
      assertEquals("ended CANCELLED", heard.poll(20, TimeUnit.SECONDS));
      late.cancel("it is over");
    }
    assertTrue(heard.isEmpty(), heard::toString);
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
